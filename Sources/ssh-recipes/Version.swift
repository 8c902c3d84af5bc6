import Lua

/// `--version`: the versions of ssh-recipes, Lua and OpenSSH.
enum Version {
  static let own = "0.1.0"

  static func text() async -> String {
    let ssh = await ShellLine.first(of: "ssh -V 2>&1") ?? "no ssh in PATH"
    return "ssh-recipes \(own)\n\(LuaRelease.name)\n\(ssh.visible)\n"
  }
}
