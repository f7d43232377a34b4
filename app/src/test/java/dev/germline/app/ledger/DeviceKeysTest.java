package dev.germline.app.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.germline.app.config.DeviceSettings;
import dev.germline.app.config.RuntimeSettings;
import dev.germline.app.config.StartRefused;
import dev.germline.core.ledger.DeviceKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceKeysTest {
  private static final RuntimeSettings DEV = new RuntimeSettings(true);
  private static final RuntimeSettings PRODUCTION = new RuntimeSettings(false);

  @TempDir Path folder;

  @Test
  void developmentMakesAKeyOnceAndKeepsIt() throws Exception {
    DeviceSettings settings = file("device.pem");

    DeviceKey first = DeviceKeys.load(settings, DEV);
    DeviceKey second = DeviceKeys.load(settings, DEV);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(Files.getPosixFilePermissions(folder.resolve("device.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void productionRefusesAKeyThatDevelopmentMade() {
    DeviceSettings settings = file("device.pem");
    DeviceKeys.load(settings, DEV);

    assertThatThrownBy(() -> DeviceKeys.load(settings, PRODUCTION))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("generated for development");
  }

  @Test
  void productionNeverMakesAKey() {
    assertThatThrownBy(() -> DeviceKeys.load(file("absent.pem"), PRODUCTION))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("absent.pem does not exist");
    assertThat(folder.resolve("absent.pem")).doesNotExist();
  }

  @Test
  void aKeyIsTakenAsPemOrAsItsBase64OnOneLine() {
    String pem = DeviceKey.generate(new SecureRandom()).toPem();
    String line = pem.replaceAll("-----[A-Z ]+-----", "").replace("\n", "");

    DeviceKey fromPem = DeviceKeys.load(key(pem), PRODUCTION);
    DeviceKey fromLine = DeviceKeys.load(key(line), PRODUCTION);

    assertThat(fromLine.id()).isEqualTo(fromPem.id());
  }

  @Test
  void whatIsNoKeyIsRefusedWithTheSettingsNameAndWithoutItsValue() {
    assertThatThrownBy(() -> DeviceKeys.load(key("c2VjcmV0"), PRODUCTION))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("GERMLINE_DEVICE_KEY")
        .hasMessageNotContaining("c2VjcmV0");
  }

  private DeviceSettings file(String name) {
    return new DeviceSettings(Optional.empty(), Optional.of(folder.resolve(name).toString()));
  }

  private static DeviceSettings key(String key) {
    return new DeviceSettings(Optional.of(key), Optional.empty());
  }
}
