@testable import Hosts
@testable import LoginSafety

/// A host that answers from what it is made of: the account `pi`, its home below a link, and its key.
struct KeysHost: Transport {
  /// Mode, owner and group as `ls` prints them; `nil`: not there.
  var file: String? = "-rw------- 1 1000 1000"
  var folder = "drwx------ 2 1000 1000"
  var home = "drwxr-xr-x 9 1000 1000"
  var keys = TestKeys.ed25519 + "\n"
  var method = "publickey"

  static let keysPath = "/home/pi/.ssh/authorized_keys"
  static let realPath = "/volume1/pi/.ssh/authorized_keys"
  static let userID = 1000

  func reader(_ way: KeyLocations = KeyLocations(keysPaths: [keysPath], isStrict: true, includes: [])) -> Reader {
    let host = Host(id: 1, role: "pi", target: Target(user: "pi", host: "pi.lan"), transport: self)
    host.keyLocations = way
    return Reader(host: host, platforms: [])
  }

  func login() async throws -> Login {
    let greeting = """
      user pi
      uid \(Self.userID)
      system Linux
      name pi
      home /home/pi
      physical /volume1/pi
      shell /bin/bash
      connection 192.0.2.7 50000 192.0.2.20 22

      files

      """
    return Login(
      method: method, acceptedKey: method == "publickey" ? TestKeys.ed25519Fingerprint : nil,
      greeting: Output(stdout: Array(greeting.utf8)))
  }

  func run(_ script: Script, as account: Account) async throws -> Output {
    let files: [(String, String?)] = [
      (Self.realPath, file), ("/volume1/pi/.ssh", folder), ("/volume1/pi", home),
      ("/volume1", "drwxr-xr-x 5 0 0"), ("/", "drwxr-xr-x 20 0 0"),
    ]
    let look = files.map { path, status in
      guard let status else { return "path \(path)\nabsent\n" }
      let contents = path == Self.realPath ? "data \(keys.utf8.count)\n\(keys)\n" : "none\n"
      return "path \(path)\n\(status) 60 Nov 25 06:00 \(path)\n\(contents)"
    }
    let text = """
      real \(Self.realPath)
      group 1000\(" ")
      group 100 pi,other
      account pi 1000 1000
      account other 1001 100
      files
      \(look.joined())
      """
    return Output(stdout: Array(text.utf8))
  }

  func close() async {}
}
