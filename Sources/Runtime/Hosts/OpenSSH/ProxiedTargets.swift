/// The targets that a proxy leads to. `ssh -G` is asked once for each target, and not before every login and proof.
package actor ProxiedTargets {
  private var answers: [[String]: Task<Bool, Never>] = [:]

  package init() {}

  /// Whether the user's configuration leads to the target by a jump host or a `ProxyCommand`.
  func contains(_ target: Target, _ options: OpenSSHOptions) async -> Bool {
    let place = options.address(target) + options.extra + [target.host]
    if let answer = answers[place] { return await answer.value }
    let task = Task {
      let config = await ClientConfig.read(target, options: options)
      return ["proxyjump", "proxycommand"].contains { (config[$0] ?? "none") != "none" }
    }
    answers[place] = task
    return await task.value
  }
}
