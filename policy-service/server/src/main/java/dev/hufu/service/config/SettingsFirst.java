package dev.hufu.service.config;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/** Reads the settings as soon as they are known, so that a wrong one costs a second and leaves nothing behind. */
final class SettingsFirst implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent prepared) {
        Settings.of(prepared.getEnvironment()).read();
    }
}
