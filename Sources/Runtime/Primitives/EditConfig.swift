import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let editConfig = Primitive(
    "edit_config", "Sets options of the SSH server, or lines and values of another file.", needs: .ssh, or: .files,
    Parameter<[String: OptionValue]?>(
      "options", "Options of sshd_config and their values: `{ PubkeyAuthentication = \"yes\" }`."),
    Parameter<RemotePath?>(
      "path",
      "With `lines` or `set`, any file; needs the permission `files` alone. With `options`, another sshd_config; outside "
        + "the server's `sshd_config.d`, needs `files` and `root`.",
      own: .serverConfig),
    Parameter<[String]?>("lines", "Lines for the file; missing lines are added at its end."),
    Parameter<[String: OptionValue]?>("set", "Names and values for the file, one per line."),
    Parameter<String>("separator", "The text between a name and its value.", default: "="),
    Parameter<Bool>("root", "For other files: write as root; needs the permission `root` too.", default: false),
    Parameter<Seconds>(
      "within", "Seconds until the watchdog restores the old configuration, unless restart_ssh proves the new one.",
      default: Seconds(120)),
    Parameter<KeyArgument?>(
      "key",
      "The key for the rehearsal's login; a path outside `~/.ssh` needs the permission `files` too. Default: a key with a "
        + "successful login in this run, or the method of the run's own login.",
      own: .keys(of: .here)),
    results: [
      ResultField("changed", "boolean", "Whether a file was written."),
      ResultField("paths", "string[]", "The written files."),
      ResultField("effective", "table", "The options by name, with their values from `sshd -T`."),
    ],
    done: "`sshd -t` accepts the configuration, and `sshd -T` shows the requested values and no other change. "
      + "The running sshd reads it with `restart_ssh`.",
    example: #"nas:edit_config { options = { PubkeyAuthentication = "yes" } }"#
  ) { context, options, path, lines, set, separator, root, within, key in
    if let options {
      try context.require(.ssh, for: "edit_config")
      guard lines == nil, set == nil else {
        throw Failure(
          .argument, "edit_config takes `options` for sshd_config, or `lines` and `set` with `path`, not both")
      }
      // sshd accepts any file without settings as a configuration, so `path` could make root write any file.
      if let path, try await !context.isServerConfig(path.text) {
        try context.require(.root, for: "edit_config")
      }
      return try await SSHDOptionEdit(context, options: options, path: path, timeout: within, key: key).decide()
    }
    guard let path, lines != nil || set != nil else {
      throw Failure(.argument, "edit_config takes `options`, or `path` together with `lines` or `set`")
    }
    // Also for the server's own configuration: `own` allows the path only with `options`, which pass the gates.
    try context.require(.files, for: "edit_config")
    let account = try context.account(root: root, for: "edit_config")
    let edit = PlainFileEdit(lines: lines ?? [], values: set ?? [:], separator: separator)
    return try await edit.decide(context, path: try await context.reader.absolute(path), account: account)
  }
}
