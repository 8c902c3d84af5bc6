/// The ssh configurations of the targets met so far: `ssh -G` runs once for each target, and not before every login and
/// proof, since a `Match exec` runs the user's own command each time. Asked again once a file of the configuration has
/// changed, or after ``forget()``, which follows each change of this computer.
package actor ClientConfigs {
  private var known: [[String]: Task<ClientConfig, Never>] = [:]

  package init() {}

  package func config(of target: Target, _ options: OpenSSHOptions) async -> ClientConfig {
    let place = options.place(target)
    if let task = known[place] {
      let config = await task.value
      if config.files.allSatisfy(\.isCurrent) || known[place] != task { return config }
    }
    let task = Task { await ClientConfig.read(target, options: options) }
    known[place] = task
    return await task.value
  }

  package func forget() { known = [:] }
}
