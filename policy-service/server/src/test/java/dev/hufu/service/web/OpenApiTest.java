package dev.hufu.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hufu.service.HufuServerTest;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the interfaces names those that are there, and no other. */
@HufuServerTest
class OpenApiTest {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    private static JsonNode described() throws IOException {
        return YAMLMapper.shared().readTree(new ClassPathResource("static/openapi.yaml").getContentAsByteArray());
    }

    @Test
    void operations_served_areThoseDescribed() throws IOException {
        Set<String> served = new TreeSet<>();
        for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
            for (String path : info.getPatternValues()) {
                if (path.matches("/(api|access|log|\\.well-known)/.*")) {
                    info.getMethodsCondition()
                            .getMethods()
                            .forEach(method -> served.add(method + " " + path.replace("/**", "/{path}")));
                }
            }
        }
        Set<String> written = new TreeSet<>();
        described()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> written.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        written.remove("GET /actuator/health"); // Spring's own
        assertThat(written).isEqualTo(served);
    }

    /** A comma in an unquoted description would make members of what follows it. */
    @Test
    void responses_each_haveOnlyTheMembersOfAResponse() throws IOException {
        JsonNode description = described();
        Set<String> members = new TreeSet<>();
        description.path("components").path("responses").forEach(r -> members.addAll(r.propertyNames()));
        description
                .path("paths")
                .forEach(path -> path.forEach(
                        operation -> operation.path("responses").forEach(r -> members.addAll(r.propertyNames()))));
        assertThat(members).isSubsetOf("$ref", "content", "description", "headers", "links");
    }

    /** Whatever asks for a credential may be asked with a token that was not made for it. */
    @Test
    void operations_thatAnswer401_alsoName403() throws IOException {
        Set<String> without = new TreeSet<>();
        described()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode responses = operation.getValue().path("responses");
                    if (responses.has("401") && !responses.has("403")) {
                        without.add(operation.getKey() + " " + path.getKey());
                    }
                }));
        assertThat(without).isEmpty();
    }

    @Test
    void references_each_leadSomewhere() throws IOException {
        JsonNode description = described();
        assertThat(description.findValuesAsString("$ref").stream()
                        .distinct()
                        .filter(ref -> description.at(ref.substring(1)).isMissingNode())
                        .collect(Collectors.toSet()))
                .isEmpty();
    }
}
