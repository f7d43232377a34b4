package dev.germline.core.compatibility.license;

/**
 * The terms a whole combination may be passed on under. A share-alike licence allows few of them; a
 * combination may be passed on if one is left that all its licences allow.
 */
public enum Release {
  /** Terms of one's own, as permissive licences and ours-alone ones allow. */
  OWN_TERMS("terms of your own"),
  GPL_2_0("GPL-2.0"),
  GPL_3_0("GPL-3.0"),
  AGPL_3_0("AGPL-3.0"),
  CC_BY_SA_4_0("CC-BY-SA-4.0"),
  CC_BY_NC_SA_4_0("CC-BY-NC-SA-4.0"),
  EUPL_1_2("EUPL-1.2");

  private final String text;

  Release(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
