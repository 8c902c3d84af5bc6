/// The ssh configurations of the targets met so far: `ssh -G` runs once for each target, and not before every login and
/// proof. After the run itself has edited a configuration, use ``ClientConfig/read(_:options:)``.
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
