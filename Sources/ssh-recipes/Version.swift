import Lua

/// `--version`: the versions of ssh-recipes, Lua and OpenSSH.
enum Version {
  /// The file `VERSION` at the top of the sources, from which packages and tags have their version too.
  static let own = String(decoding: PackageResources.VERSION.dropLast(), as: UTF8.self)

  static func text() async -> String {
    let ssh = await ShellLine.first(of: "ssh -V 2>&1") ?? "no ssh in PATH"
    return "ssh-recipes \(own)\n\(LuaRelease.name)\n\(ssh.visible)\n"
  }
}
