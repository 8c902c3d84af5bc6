/// The login probe's facts about a host.
package struct Facts: Sendable, Hashable {
  package var user = ""
  package var userID = 0
  /// The home directory in the account database (`$HOME`).
  package var home = ""
  /// The home directory with all links resolved, as sshd checks it. Empty if there is no home directory.
  package var physicalHome = ""
  /// The type of an encrypted file system that is mounted as the home for the time of a session; `nil` for other homes.
  package var sealedHome: String?
  /// `uname -s`.
  package var system = ""
  /// The account's login shell.
  package var shell = ""
  package var hostName = ""
  /// The beginning of the machine's number (`/etc/machine-id`); empty if the machine has none.
  package var machine = ""
  /// `SSH_CONNECTION`: the client's address and port, the server's address and port; empty if sshd did not set the
  /// variable.
  package var connection = ""
  /// The first 4 KB of each platform's marker files, if present.
  package var markers: [String: String] = [:]
  /// The paths of the platforms' commands, if present.
  package var commands: [String: String] = [:]
  /// Watchdogs running at the time of the login, of an earlier run or of another run still at work.
  package var watchdogs: [EarlierWatchdog] = []
  /// The message of a rescue sshd of an earlier run; empty without a rescue sshd.
  package var rescue: [String] = []
  /// The server's software, from its banner.
  package var serverSoftware = ""
  /// The fingerprint of the host key by which ssh has checked the connection.
  package var hostKey: String?
  /// The recognised platform; see ``Platform/fitting(_:among:)``.
  @Shared package var platform = Platform.generic

  /// A watchdog of an earlier run, identified by its folder.
  package struct EarlierWatchdog: Sendable, Hashable {
    package var folder: String
    /// Whether the watchdog belongs to the login's account.
    package var isOwn: Bool
  }

  package init() {}

  /// The port of the login in the server's own numbering; a router in between may use another number.
  package var serverPort: Int? {
    connection.split(separator: " ").last.flatMap { Int($0) }.flatMap { (1...65535).contains($0) ? $0 : nil }
  }

  /// The server's address, as the server sees it.
  package var serverAddress: String? {
    let words = connection.split(separator: " ")
    return words.count == 4 ? String(words[2]) : nil
  }

  package var isRoot: Bool { userID == 0 }
  package var isDropbear: Bool { serverSoftware.hasPrefix("dropbear") }
}
