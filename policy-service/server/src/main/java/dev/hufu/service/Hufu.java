package dev.hufu.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** Starts the server. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan({"dev.hufu.service.config", "dev.hufu.service.web"})
public class Hufu {
    public static void main(String[] args) {
        SpringApplication.run(Hufu.class, args);
    }
}
