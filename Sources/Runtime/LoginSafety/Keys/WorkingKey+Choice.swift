import Contract
import Diagnosis
import Hosts
import Values

extension WorkingKey {
  /// The key for future logins: the given key, a key from a successful login in this run, or the key of the run's own
  /// login. `nil` if the run logged in without a key, with more than a key, or with a key from an agent.
  ///
  /// - Throws: ``Failure`` of kind `argument` for a public key without its private half.
  package init?(_ given: KeyArgument?, _ context: PrimitiveContext) async throws {
    if let given {
      guard let path = given.path else {
        if let line = given.publicLine, given.isInAgent == true {
          self.init(path: nil, publicLine: String(decoding: line, as: UTF8.self), fingerprint: given.fingerprint)
          return
        }
        throw Failure(.argument, "a login needs the private key's path, not only its public half")
      }
      let home = try await context.here.facts().home
      self.init(path: RemotePath(path)?.expanded(home: home) ?? path, fingerprint: given.fingerprint)
      return
    }
    if let key = context.host.workingKey {
      self = key
      return
    }
    let login = try await context.host.transport.login()
    guard login.isByKeyAlone, let path = login.acceptedKeyPath else { return nil }
    self.init(path: path, fingerprint: login.acceptedKey)
  }
}

extension WorkingKey {
  /// The key of a proof.
  init(_ proof: FreshLoginRequest) {
    self.init(path: proof.keyPath, publicLine: proof.publicLine, fingerprint: proof.fingerprint)
  }
}

extension FreshLoginRequest {
  package init(_ key: WorkingKey?, port: Int? = nil, afterReload: Bool = false) {
    self.init(
      keyPath: key?.path, publicLine: key?.publicLine, fingerprint: key?.fingerprint, port: port,
      afterReload: afterReload)
  }
}
