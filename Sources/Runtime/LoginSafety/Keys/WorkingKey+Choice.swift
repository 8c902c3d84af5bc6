import Contract
import Diagnosis
import Hosts
import Values

extension WorkingKey {
  /// The key with which people will log in: the one that is given, else one that was seen to work in this run, else
  /// that of the run's own login. `nil`: the way in which the run logged in, which was no key, or one that only an agent has.
  ///
  /// - Throws: ``Failure`` of kind `argument` for a public half alone.
  package init?(_ given: KeyArgument?, _ context: PrimitiveContext) async throws {
    if let given {
      guard let path = given.path else {
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
    guard login.method == "publickey", let path = login.acceptedKeyPath else { return nil }
    self.init(path: path, fingerprint: login.acceptedKey)
  }
}

extension FreshLoginRequest {
  init(_ key: WorkingKey?, port: Int? = nil, afterReload: Bool = false) {
    self.init(keyPath: key?.path, fingerprint: key?.fingerprint, port: port, afterReload: afterReload)
  }
}
