package dev.hufu.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole server on a random loopback port, a data directory of its own and a small sample company. One context serves all
 * test classes with this annotation: they may add to it, never change what others rely on.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Hufu.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"hufu.sample.employees=6000", "hufu.demo-password=" + HufuServerTest.PASSWORD})
@ContextConfiguration(initializers = TemporaryDirectories.class)
public @interface HufuServerTest {
    String PASSWORD = "a-password-for-tests";
}
