import Formats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of a plan's logins. A plan changes nothing on this computer either, so accepted host keys go to a file that
/// is removed with the plan.
///
/// `ssh` reads all files of `UserKnownHostsFile`, and adds keys to the first. The `ssh` of a jump host takes only `-F`
/// over from the target's, so the jump hosts' options are in a configuration file, which includes the usual ones.
package actor PlanFiles {
  private var directory: PrivateDirectory?
  private var arguments: [[String]: Task<[String], Never>] = [:]
  /// The `Host` blocks of the jump hosts met so far, by name.
  private var blocks: [String: String] = [:]

  /// Without effect on the session, and with one on this computer's files or agent.
  private static let unwanted = ["UpdateHostKeys=no", "AddKeysToAgent=no"]
  /// The most jump hosts in front of one another.
  private static let mostJumps = 8

  package init() {}

  deinit { directory?.remove() }

  /// The arguments for each `ssh` to the target.
  func arguments(for target: Target, _ options: OpenSSHOptions) async -> [String] {
    let place = options.place(target)
    if let task = arguments[place] { return await task.value }
    let task = Task { await self.makeArguments(target, options) }
    arguments[place] = task
    return await task.value
  }

  /// Whether the `ssh` of the proxy in a log writes accepted keys to the plan's file.
  func keepsKeys(ofProxy log: ClientLogText) -> Bool {
    guard let directory else { return false }
    return log.proxyCommand?.contains(" -F \(directory.config) ") ?? false
  }

  private func makeArguments(_ target: Target, _ options: OpenSSHOptions) async -> [String] {
    // Without a directory of ours, a login fails too.
    if directory == nil { directory = try? PrivateDirectory() }
    guard let directory else { return [] }
    let config = await options.configs.config(of: target, options)
    let known = await SessionOptions.shared.known(Self.unwanted, to: options.program)
    let files = "UserKnownHostsFile=\(Self.files(config, before: directory.knownHosts))"
    var file: [String] = []
    if options.configFile == nil, await addBlocks(for: config, options, depth: 0) {
      write(directory, known)
      file = ["-F", directory.config]
    }
    return file + ([files] + known).flatMap { ["-o", $0] }
  }

  /// - Returns: whether there is a jump host.
  private func addBlocks(for config: ClientConfig, _ options: OpenSSHOptions, depth: Int) async -> Bool {
    guard depth < Self.mostJumps, let jumps = config["proxyjump"], jumps != "none", let directory else { return false }
    for jump in jumps.split(separator: ",").map(String.init) {
      guard let host = try? Target(parsing: jump), blocks[host.host] == nil else { continue }
      var plain = options
      plain.extra = []
      let own = await options.configs.config(of: host, plain)
      blocks[host.host] =
        "Host \"\(host.host)\"\n  UserKnownHostsFile \(Self.files(own, before: directory.knownHosts))\n"
      _ = await addBlocks(for: own, options, depth: depth + 1)
    }
    return true
  }

  private func write(_ directory: PrivateDirectory, _ options: [String]) {
    let text =
      blocks.sorted { $0.key < $1.key }.map(\.value).joined() + "Host *\n"
      + (options + ["Include=~/.ssh/config", "Include=/etc/ssh/ssh_config"]).map { "  \($0)\n" }.joined()
    unlink(directory.newConfig)
    guard LocalFile.create(directory.newConfig, Array(text.utf8)) else { return }
    rename(directory.newConfig, directory.config)
  }

  /// The plan's file, then the files in which ssh looks for keys.
  private static func files(_ config: ClientConfig, before first: String) -> String {
    let usual = ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]
    let words = config.places["userknownhostsfile"]?.words ?? usual
    return ([first] + words.filter { $0 != "none" }).map { "\"\($0)\"" }.joined(separator: " ")
  }
}
