/// The ssh configurations of the targets met so far: `ssh -G` runs once for all targets that the user's configuration
/// treats alike, and not before every login and proof, since a `Match exec` runs the user's own command each time. Asked
/// again once a file of the configuration has changed, or after ``forget()``, which follows each change of this computer.
package actor ClientConfigs {
  private var known: [[String]: Task<ClientConfig, Never>] = [:]
  /// The first target with the same words on ssh's command line, apart from the name.
  private var examples: [[String]: Task<AlikeTargets?, Never>] = [:]

  package init() {}

  package func config(of target: Target, _ options: OpenSSHOptions) async -> ClientConfig {
    let place = options.place(target)
    if let task = known[place] {
      let config = await task.value
      if config.files.allSatisfy(\.isCurrent) || known[place] != task { return config }
    }
    let kind = Array(place.dropLast())
    let example = examples[kind]
    let task = Task {
      if let config = await example?.value?.config(of: target.host) { return config }
      return await ClientConfig.read(target, options: options)
    }
    if example == nil {
      examples[kind] = Task {
        let config = await task.value
        return AlikeTargets(target.host, config, files: config.files.map { LocalFile.read($0.path) })
      }
    }
    known[place] = task
    return await task.value
  }

  package func forget() { (known, examples) = ([:], [:]) }

  /// Ends the questions in progress, whose answers are empty then.
  func cancel() { for task in known.values { task.cancel() } }
}
