package dev.germline.app.sharing;

import dev.germline.core.layers.CommunicationAdapter;
import dev.germline.core.layers.FoundationLayer;
import dev.germline.core.layers.Layer;
import dev.germline.core.layers.LoraLayer;
import dev.germline.core.layers.Manifest;
import dev.germline.core.layers.MemoryModule;
import dev.germline.core.layers.SpecializationModule;
import java.util.ArrayList;
import java.util.List;

/** What a layer is found by: its names, what it says it is and does. */
final class SearchText {
  private static final int MAX_LENGTH = 32_768;

  private SearchText() {}

  static String of(Layer layer) {
    Manifest manifest = layer.manifest();
    List<String> parts = new ArrayList<>();
    parts.add(manifest.name().namespace());
    parts.add(manifest.name().name());
    parts.add(layer.type().toString());
    parts.addAll(manifest.capabilities());
    switch (layer) {
      case FoundationLayer foundation -> parts.add(foundation.baseModel().family().toString());
      case LoraLayer lora -> parts.addAll(domains(lora));
      case SpecializationModule module -> {
        parts.add(module.specialization().domain());
        parts.addAll(module.specialization().methodology());
      }
      case MemoryModule _, CommunicationAdapter _ -> {}
    }
    String description = manifest.description();
    if (description != null) {
      parts.add(description);
    }
    String text = String.join("\n", parts);
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
  }

  private static List<String> domains(LoraLayer lora) {
    List<String> domains = new ArrayList<>();
    LoraLayer.Specialization specialization = lora.specialization();
    if (specialization != null) {
      domains.add(specialization.primaryDomain());
      domains.addAll(specialization.secondaryDomains());
    }
    return domains;
  }
}
