import Contract

extension Catalogue {
  /// All built-in primitives, one per line.
  public static let builtIn = Catalogue([
    .chmod, .tailLog, .editConfig, .restartSSH, .verifyLogin, .trustHost,
    .chown, .read, .status, .write, .upload, .mkdir, .remove,
    .run, .query, .waitFor, .facts,
    .keygen, .copyID, .removeID, .listIDs, .sshAdd, .editClientConfig,

    .step, .note, .warn, .fail, .ask, .confirm, .manual, .secret, .parallel,
  ])
}
