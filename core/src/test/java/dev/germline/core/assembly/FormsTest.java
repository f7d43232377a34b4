package dev.germline.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.germline.core.layers.LayerJson;
import dev.germline.core.layers.LayerName;
import dev.germline.core.layers.LayerRef;
import dev.germline.core.merkle.Blake3;
import dev.germline.core.substrate.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records, lock files, mergekit's and PEFT's words. */
final class FormsTest {
  private static ObjectNode json(String text) {
    return LayerJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** What the registry does: pins the layers and says who and when. */
  private static Assembly completed(ObjectNode draft) {
    draft.put("creator", "ada").put("createdAt", "2026-03-03T12:00:00Z");
    for (JsonNode layer : draft.path("layers")) {
      ((ObjectNode) layer)
          .put(
              "digest",
              Blake3.hash(layer.path("layer").asText().getBytes(StandardCharsets.UTF_8)).toHex());
    }
    return AssemblyJson.parse(draft);
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    Assembly assembly =
        completed(
            json(
                """
                {'name':'a/persona@1.0.0','visibility':'whitelist','allowedUsers':['bob'],
                 'layers':[{'layer':'a/base@1.0.0'},{'layer':'a/tone@2.0.0','id':'voice','weight':0.5}],
                 'connections':[{'from':'base','to':'voice','type':'sequential','strength':0.9}],
                 'persona':{'identity':'Mia','communicationStyle':'brief','evolutionGoals':['more']}}\
                """));
    byte[] record = AssemblyJson.canonical(assembly);
    assertThat(AssemblyJson.parse(record)).isEqualTo(assembly);
    assertThat(AssemblyJson.canonical(AssemblyJson.parse(record))).isEqualTo(record);
  }

  @Test
  void unknownMembersAndWrongValuesAreNamed() {
    assertThatThrownBy(() -> completed(json("{'name':'a/b@1.0.0','layers':[],'hello':1}")))
        .hasMessageContaining("layers is empty");
    assertThatThrownBy(() ->
            completed(json("{'name':'a/b@1.0.0','layers':[{'layer':'a/c@1.0.0'}],'hello':1}")))
        .hasMessageContaining("a member hello that is not known here");
    assertThatThrownBy(() ->
            completed(json("{'name':'a/b@1.0.0','layers':[{'layer':'a/c@1.0.0','weight':1000}]}")))
        .hasMessageContaining("$.layers[0].weight is 1000");
  }

  @Test
  void mergekitGoesInAndComesOut() {
    ObjectNode document =
        json(
            """
            {'merge_method':'dare_ties','base_model':'a/base@1.0.0',
             'models':[{'model':'a/one@1.0.0','parameters':{'weight':0.6,'density':0.5}},
                       {'model':'b/one@1.0.0','parameters':{'weight':[0,0.5,1],'density':0.4}}],
             'parameters':{'int8_mask':true},'dtype':'bfloat16','tokenizer_source':'union'}\
            """);
    ObjectNode draft = Mergekit.draft(document);
    draft.put("name", "a/merged@1.0.0");
    Assembly assembly = completed(draft);
    assertThat(assembly.parts()).extracting(Part::id).containsExactly("base", "one", "one-2");
    assertThat(assembly.parts().get(1).weight()).isEqualTo(0.6);
    assertThat(Mergekit.export(assembly)).isEqualTo(document);
  }

  @Test
  void mergekitSlicesKeepTheirModels() {
    ObjectNode document =
        json(
            """
            {'merge_method':'passthrough',
             'slices':[{'sources':[{'model':'a/one@1.0.0','layer_range':[0,16]}]},
                       {'sources':[{'model':'a/two@1.0.0','layer_range':[8,24]}]}],
             'dtype':'float16'}\
            """);
    ObjectNode draft = Mergekit.draft(document.deepCopy());
    draft.put("name", "a/franken@1.0.0");
    assertThat(Mergekit.export(completed(draft))).isEqualTo(document);
  }

  @Test
  void peftListsGoInAndComeOut() {
    ObjectNode document =
        json(
            """
            {'base_model':'a/base@1.0.0','adapters':['a/x@1.0.0','a/y@1.0.0'],'weights':[0.7,0.3],
             'combination_type':'ties','density':0.2,'adapter_name':'mix'}\
            """);
    ObjectNode draft = PeftList.draft(document);
    draft.put("name", "a/mix@1.0.0");
    Assembly assembly = completed(draft);
    assertThat(assembly.connections())
        .extracting(Connection::type)
        .containsOnly(Connection.Type.PARALLEL);
    assertThat(PeftList.export(assembly).toString())
        .isEqualTo(
            json("""
            {'adapters':['a/x@1.0.0','a/y@1.0.0'],'weights':[0.7,0.3],'base_model':'a/base@1.0.0',
             'combination_type':'ties','adapter_name':'mix','density':0.2}\
            """)
                .toString());
  }

  @Test
  void aLockFileThatWasChangedIsRefused() {
    LockFile lock =
        new LockFile(
            new LayerRef(LayerName.parse("a/b@1.0.0"), Digest.of(new byte[32])),
            List.of(
                new LockFile.Locked(
                    new LayerRef(LayerName.parse("a/c@1.0.0"), Digest.of(new byte[32])),
                    List.of())));
    byte[] bytes = lock.toJson();
    assertThat(LockFile.parse(bytes)).isEqualTo(lock);
    String changed = new String(bytes, StandardCharsets.UTF_8).replace("a/c@1.0.0", "a/c@1.0.1");
    assertThatThrownBy(() -> LockFile.parse(changed.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("it was changed");
  }
}
