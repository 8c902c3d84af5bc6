import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let editConfig = Primitive(
    "edit_config", "Sets options of the SSH server, or lines and values of another file.", needs: .ssh,
    Parameter<[String: OptionValue]?>(
      "options", "Options of sshd_config and their values: `{ PubkeyAuthentication = \"yes\" }`."),
    Parameter<RemotePath?>(
      "path",
      "With `lines` or `set` any file; needs the permission `files` too. With `options` another sshd_config; where it is not "
        + "beside the server's own, with `files` and `root`.",
      own: .serverConfig),
    Parameter<[String]?>("lines", "Lines that the file must have; each is added at its end if it is not there."),
    Parameter<[String: OptionValue]?>("set", "Names and values that the file must have, one a line."),
    Parameter<String>("separator", "What stands between a name and its value.", default: "="),
    Parameter<Bool>("root", "For other files: write as root; needs the permission `root` too.", default: false),
    Parameter<Seconds>(
      "within", "How long the host waits for the proof of restart_ssh before it restores the old configuration.",
      default: Seconds(120)),
    Parameter<KeyArgument?>(
      "key",
      "The key that the rehearsal logs in with, outside `~/.ssh` with the permission `files` too; else one that has logged in in "
        + "this run, or the way in which the run did.",
      own: .keys(of: .here)),
    results: [
      ResultField("changed", "boolean", "Whether anything had to be written."),
      ResultField("paths", "string[]", "The files that were written."),
      ResultField("effective", "table", "The options as sshd has them now, by name."),
    ],
    done: "`sshd -t` accepts the configuration, and `sshd -T` gives the wanted values and no other change; it takes "
      + "`restart_ssh` for sshd to read it.",
    example: #"nas:edit_config { options = { PubkeyAuthentication = "yes" } }"#
  ) { context, options, path, lines, set, separator, root, within, key in
    if let options {
      guard lines == nil, set == nil else {
        throw Failure(
          .argument, "edit_config takes `options` for sshd_config, or `lines` and `set` with `path`, not both")
      }
      // sshd accepts any file without settings as a configuration, so `path` could make root write any file.
      if let path, try await !context.isServerConfig(path.text) {
        try context.services.require(.root, for: "edit_config")
      }
      return try await SSHDOptionEdit(context, options: options, path: path, timeout: within, key: key).decide()
    }
    guard let path, lines != nil || set != nil else {
      throw Failure(.argument, "edit_config takes `options`, or `path` together with `lines` or `set`")
    }
    // Also for the server's own configuration: `own` allows its path only with `options`, which pass the gates.
    try context.services.require(.files, for: "edit_config")
    let account = try context.account(root: root, for: "edit_config")
    let edit = PlainFileEdit(lines: lines ?? [], values: set ?? [:], separator: separator)
    return try await edit.decide(context, path: try await context.reader.absolute(path), account: account)
  }
}
