import Hosts

extension RunSetup {
  /// A transport to a host, or to this computer, that reports to the sink.
  ///
  /// - Parameters:
  ///   - target: `nil` for this computer, without a report of the login.
  ///   - offers: the keys that logins offer first.
  func transport(to target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport {
    let (sink, isDebug, name) = (sink, options.isDebug, target?.description ?? "here")
    return ObservedTransport(factory.transport(for: target, offers: offers), platforms: platforms) { event in
      switch event {
      case .loggedIn(let method, let platform):
        guard target != nil else { return }
        sink.receive(.connected(host: name, method: method, platform: platform))
      case .sends(let script, let account):
        guard isDebug else { return }
        let arguments = script.arguments.enumerated().map { "# $\($0 + 1) = \($1)\n" }.joined()
        sink.receive(
          .script(
            host: name, account: account == .root ? "root" : "login", name: script.name,
            text: script.text + arguments))
      }
    }
  }
}
