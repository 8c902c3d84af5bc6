import Formats
import Subprocess
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// This computer's ssh configuration for one target: the effective options, the lines that set them, and ssh's
/// complaints about the files.
package struct ClientConfig: Sendable, Hashable {
  package typealias Place = SSHConfigLog.Place

  /// The values by keyword in lower case, in the form and order of `ssh -G`. Empty where ssh gave none.
  package var values: [String: [String]] = [:]
  /// The lines by keyword in lower case. Options of the command line and defaults have none.
  package var places: [String: Place] = [:]
  /// ssh's messages about refused lines; with such lines, ssh does not start.
  package var complaints: [String] = []
  /// Whether ssh ran commands to choose among the blocks (`Match exec`).
  var runsCommands = false
  /// The files, as they were read.
  var files: [FileVersion] = []

  package init(values: [String: [String]] = [:], places: [String: Place] = [:], complaints: [String] = []) {
    self.values = values
    self.places = places
    self.complaints = complaints
  }

  /// The first value of an option; `nil` where ssh prints none.
  package subscript(_ keyword: String) -> String? { values[keyword.lowercased()]?.first }

  /// The line that set an option, as evidence.
  package func line(of keyword: String) -> String? { places[keyword.lowercased()]?.description }

  /// Whether a flag is off. ssh prints `no` or `false`, depending on the option.
  package func isOff(_ keyword: String) -> Bool { ["no", "false"].contains(self[keyword] ?? "") }

  /// The socket of the agent that ssh asks for keys; `nil` for none.
  package var agentSocket: String? {
    let variable = { (name: String) in getenv(name).map { String(cString: $0) } }
    let setting = self["identityagent"] ?? "SSH_AUTH_SOCK"
    switch setting {
    case "none": return nil
    case "SSH_AUTH_SOCK": return variable("SSH_AUTH_SOCK")
    default:
      if setting.hasPrefix("${"), setting.hasSuffix("}") { return variable(String(setting.dropFirst(2).dropLast())) }
      if setting.hasPrefix("$") { return variable(String(setting.dropFirst())) }
      guard let home = Effective.home else { return setting }
      let path = setting.hasPrefix("~/") ? home + setting.dropFirst() : setting
      return path.replacing("%d", with: home)
    }
  }

  /// The configured file to which ssh adds keys of hosts; `nil` if the configuration names no file, or a file that
  /// keeps nothing.
  package var knownHostsFile: String? {
    guard line(of: "UserKnownHostsFile") != nil else { return nil }
    let file = self["UserKnownHostsFile"]?.split(separator: " ").first.map(String.init)
    return file == "none" || file == "/dev/null" || file?.hasPrefix("/") != true ? nil : file
  }

  /// Whether ssh is meant to remember the keys of hosts.
  var keepsHostKeys: Bool {
    let files = (self["UserKnownHostsFile"] ?? "").split(separator: " ")
    return files.contains { $0 != "/dev/null" && $0 != "none" } && files.first != "/dev/null"
  }

  /// Asks `ssh -G`, which reads the same files as a login and contacts no host.
  ///
  /// - Returns: an empty configuration if ssh is missing, or older than 6.8, which has no `-G`.
  package static func read(_ target: Target, options: OpenSSHOptions = OpenSSHOptions()) async -> ClientConfig {
    var arguments = ["-vvv", "-G"]
    if let file = options.configFile { arguments += ["-F", file] }
    arguments += options.address(target) + options.extra.flatMap { ["-o", $0] }
    let (program, goal) = (ClientProgram(options.program), options.destination(target))
    guard var result = await program.run(arguments + goal) else { return ClientConfig() }
    if !result.isSuccess {
      // With `ForkAfterAuthentication` or `SessionType subsystem`, ssh wants a command, even for -G.
      let session = await SessionOptions.shared.known(
        ["ForkAfterAuthentication=no", "SessionType=default"], to: options.program)
      if let other = await program.run(arguments + session.flatMap { ["-o", $0] } + goal) { result = other }
    }
    let log = SSHConfigLog(result.stderr)
    var config = ClientConfig(
      values: values(result.stdout), places: log.places(reading: { LocalFile.read($0) }), complaints: log.complaints)
    config.runsCommands = log.runsCommands
    // Also the user's own file, which may be made later.
    let own = Effective.home.map { $0 + "/.ssh/config" }
    config.files = Set(log.allFiles + [own].compactMap(\.self)).map(FileVersion.init)
    return config
  }

  private static func values(_ text: String) -> [String: [String]] {
    var values: [String: [String]] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      values[words[0].lowercased(), default: []].append(words.count > 1 ? words[1] : "")
    }
    return values
  }
}

/// The ssh of this computer, for questions that contact no host.
struct ClientProgram: Sendable {
  let executable: Executable

  init(_ name: String) { executable = LocalPrograms.find(name) }

  /// - Returns: `nil` if ssh could not be started.
  func run(_ arguments: [String]) async -> (isSuccess: Bool, stdout: String, stderr: String)? {
    var options = PlatformOptions()
    options.createSession = true
    guard let start = try? await ProcessStart.admit() else { return nil }
    let result = try? await Subprocess.run(
      executable, arguments: Arguments(arguments), platformOptions: options, input: .none,
      output: .bytes(limit: 1 << 20), error: .bytes(limit: 1 << 20)
    ) { _ in start.end() }
    guard let result else { return nil }
    return (
      result.terminationStatus.isSuccess, String(decoding: result.standardOutput, as: UTF8.self),
      String(decoding: result.standardError, as: UTF8.self)
    )
  }
}
