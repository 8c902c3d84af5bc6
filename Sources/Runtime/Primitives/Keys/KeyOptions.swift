import Formats
import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Options before a key in authorized_keys (sshd(8), AUTHORIZED_KEYS FILE FORMAT): `restrict,from="10.0.0.2"`.
struct KeyOptions: LuaArgument, Hashable {
  static let luaType = "string"
  static let expectation = "options such as 'restrict,from=\"10.0.0.2\"'"

  var text: String

  /// sshd ignores a line with an unknown option. `cert-authority` is missing because it would let other keys in.
  static let known = [
    "agent-forwarding", "command", "environment", "expiry-time", "from", "no-agent-forwarding", "no-port-forwarding",
    "no-pty", "no-touch-required", "no-user-rc", "no-x11-forwarding", "permitlisten", "permitopen",
    "port-forwarding", "pty", "restrict", "tunnel", "user-rc", "verify-required", "x11-forwarding",
  ]

  init(lua value: LuaValue) throws(Mismatch) {
    text = try String(lua: value)
    let names = AuthorizedKeysLine.names(of: text)
    for name in names where !Self.known.contains(name) {
      let near = NearestName.find(name, among: Self.known).map { "; did you mean \"\($0)\"?" } ?? ""
      throw Mismatch(Self.expectation, got: "the unknown option \"\(name)\"\(near)")
    }
    do throws(AuthorizedKeysOptions.Problem) {
      let options = try AuthorizedKeysOptions(text)
      if let problem = options.hopeless(now: Int(Date.now.timeIntervalSince1970)) { throw problem }
    } catch {
      throw Mismatch("options with which sshd takes the key", got: "\(text): \(error)")
    }
    // A blank outside quotes or an open quote would end the options early for sshd.
    let probe = AuthorizedKeysLine(ByteLine(text + " " + Self.probe))
    guard !names.isEmpty, let login = probe.login, login.options == text else {
      throw Mismatch(Self.expectation, got: value)
    }
  }

  var luaText: String { "'\(text)'" }

  /// Any key serves to find the end of the options, as sshd parses them.
  private static let probe =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}
