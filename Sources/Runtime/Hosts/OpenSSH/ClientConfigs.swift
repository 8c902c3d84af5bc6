/// The ssh configurations of the targets met so far. `ssh -G` is asked once for each target, and not before every login
/// and proof. A configuration edited by the run itself must be read anew; see ``ClientConfig/read(_:options:)``.
package actor ClientConfigs {
  private var known: [[String]: Task<ClientConfig, Never>] = [:]

  package init() {}

  func config(of target: Target, _ options: OpenSSHOptions) async -> ClientConfig {
    let place = options.place(target)
    if let task = known[place] { return await task.value }
    let task = Task { await ClientConfig.read(target, options: options) }
    known[place] = task
    return await task.value
  }
}
