import Subprocess

@testable import Hosts

/// Every kind of `sh` that this machine has.
enum LocalShells {
  static let all: [String] = {
    let found = ["dash", "bash", "busybox", "ksh", "mksh", "yash", "zsh"].filter { name in
      ["/bin/", "/usr/bin/", "/usr/local/bin/"].contains { access($0 + name) }
    }
    return ["sh"] + found
  }()

  static func launch(_ name: String) -> ShellLaunch {
    switch name {
    case "busybox": ShellLaunch(executable: .name("busybox"), arguments: ["sh"])
    case "bash": ShellLaunch(executable: .name("bash"), arguments: ["--posix"])
    case "zsh": ShellLaunch(executable: .name("zsh"), arguments: ["--emulate", "sh"])
    default: ShellLaunch(executable: .name(name), arguments: [])
    }
  }

  static func shell(_ name: String) -> FramedShell {
    FramedShell(launch(name), owner: LocalTransport.owner)
  }

  private static func access(_ path: String) -> Bool { FileSystem.isExecutable(path) }
}
