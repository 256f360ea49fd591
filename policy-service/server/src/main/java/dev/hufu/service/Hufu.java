package dev.hufu.service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the server. */
@SpringBootApplication
public class Hufu {
    public static void main(String[] args) {
        SpringApplication.run(Hufu.class, args);
    }
}
