import Contract

/// All primitives, one line each.
package enum Catalogue {
  package static let primitives: [Primitive] = [
    .chmod, .tailLog, .editConfig, .restartSSH, .verifyLogin, .trustHost,
    .chown, .read, .status, .write, .upload, .mkdir, .remove,
    .run, .waitFor, .facts,
    .keygen, .copyID, .removeID, .sshAdd,

    .step, .note, .warn, .fail, .ask, .confirm, .manual, .secret, .parallel,
  ]

  package static subscript(name: String) -> Primitive? { primitives.first { $0.name == name } }
}
