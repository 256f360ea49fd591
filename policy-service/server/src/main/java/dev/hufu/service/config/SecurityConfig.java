package dev.hufu.service.config;

import dev.hufu.service.identity.Accounts;
import dev.hufu.service.identity.IdentityListener;
import dev.hufu.service.identity.SignIn;
import dev.hufu.service.identity.Tokens;
import dev.hufu.service.web.ProblemWriter;
import dev.hufu.service.web.Unreached;
import dev.hufu.service.web.UnreadRequests;
import dev.hufu.service.web.security.BodyLimitFilter;
import dev.hufu.service.web.security.CredentialFilter;
import dev.hufu.service.web.security.CurrentAccountFilter;
import dev.hufu.service.web.security.Doors;
import dev.hufu.service.web.security.HostFilter;
import dev.hufu.service.web.security.PageRefusal;
import dev.hufu.service.web.security.RateFilter;
import dev.hufu.service.web.security.RefusedAccess;
import dev.hufu.service.web.security.SessionSignIn;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two chains: interfaces know their caller by a credential with every request and keep nothing; pages by a session. Both ask the
 * one table, {@link Doors}.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfig {
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    /** Those that some address here takes. */
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

    private static final String[] INTERFACES = {
        "/api/**", "/access/**", "/log/**", "/actuator/**", "/openapi.yaml", "/.well-known/**"
    };

    /** Last of the customizers, so that it sees the address that will be bound. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> loopbackOnly(HufuProperties properties) {
        return factory -> {
            InetAddress address = factory.getAddress();
            if (properties.demo() && (address == null || !address.isLoopbackAddress())) {
                throw new OpenDemoException();
            }
        };
    }

    /** Before Tomcat's own, which would answer in HTML. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadRequests(JsonMapper json) {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(UnreadRequests.class.getName());
                host.getPipeline().addValve(new UnreadRequests(json));
            }
        });
    }

    @Bean
    Unreached unreached(
            ErrorAttributes attributes, WebProperties properties, List<ErrorViewResolver> pages, JsonMapper json) {
        return new Unreached(attributes, properties, pages, json);
    }

    /** What the firewall turns away: a method that nothing here has is told as such, all else as malformed. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejected) -> {
            if (METHODS.contains(request.getMethod())) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            } else {
                response.setHeader(HttpHeaders.ALLOW, String.join(", ", METHODS));
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        };
    }

    /** None: a timer around each of thirty filters costs more than most of them do, and nobody reads it. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    /** One count for both chains: an account has one allowance, however it comes. */
    @Bean
    RateFilter rateFilter(HufuProperties properties, ProblemWriter problems) {
        return new RateFilter(properties.requestsPerSecond(), problems);
    }

    /** The chains hold it; the container must not run it once more outside of them. */
    @Bean
    FilterRegistrationBean<RateFilter> rateFilterInChainsOnly(RateFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    FilterRegistrationBean<HostFilter> hostFilter(HufuProperties properties, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new HostFilter(problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setEnabled(properties.demo());
        return registration;
    }

    @Bean
    @Order(1)
    SecurityFilterChain interfaces(
            HttpSecurity http, SignIn signIn, Tokens tokens, RateFilter rates, ProblemWriter problems) {
        var credentials = new CredentialFilter(signIn, tokens, problems);
        headers(http);
        return http.securityMatcher(INTERFACES)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(refusal ->
                        refusal.authenticationEntryPoint(credentials).accessDeniedHandler(new RefusedAccess(problems)))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(new Doors()))
                .addFilterBefore(credentials, UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(rates, AuthorizationFilter.class)
                .addFilterAfter(new BodyLimitFilter(problems), AuthorizationFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(
            HttpSecurity http, SignIn signIn, Accounts accounts, IdentityListener listener, RateFilter rates) {
        var refusal = new PageRefusal();
        CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
        csrf.setCookieCustomizer(cookie -> cookie.sameSite("Lax").httpOnly(true));
        headers(http);
        return http.csrf(protection -> protection.csrfTokenRepository(csrf))
                // In cookies, not in sessions: whoever has not signed in costs the server no memory.
                .requestCache(cache -> cache.requestCache(new CookieRequestCache()))
                .sessionManagement(session -> session.sessionFixation(fixation -> fixation.changeSessionId()))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .authenticationProvider(new SessionSignIn(signIn, listener))
                .formLogin(login -> login.loginPage("/login").failureUrl("/login?error"))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout").deleteCookies("HUFU_SESSION"))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(new Doors()))
                .addFilterBefore(BodyLimitFilter.ofForms(), CsrfFilter.class)
                .addFilterBefore(new CurrentAccountFilter(accounts), LogoutFilter.class)
                .addFilterBefore(rates, AuthorizationFilter.class)
                .build();
    }

    private static void headers(HttpSecurity http) {
        http.headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy(PERMISSIONS))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .contentTypeOptions(Customizer.withDefaults()));
    }
}
