/// What the first script of a login tells of a host.
package struct Facts: Sendable, Hashable {
  package var user = ""
  package var userID = 0
  /// The home as the account database names it (`$HOME`).
  package var home = ""
  /// The home without links on the way; sshd judges this one. Empty when the home is not there.
  package var physicalHome = ""
  /// `uname -s`.
  package var system = ""
  /// What `/bin/sh` runs the login shell as: the account's shell.
  package var shell = ""
  package var hostName = ""
  /// `SSH_CONNECTION`: the client's address and port, the server's address and port; empty where sshd did not say.
  package var connection = ""
  /// Marker files that platforms name, with the first 4 KB of each that is there.
  package var markers: [String: String] = [:]
  /// Commands that platforms name and that are there, with their paths.
  package var commands: [String: String] = [:]
  /// Watchdogs that were at work when this run came in; an earlier run has left them, or another one works there now.
  package var watchdogs: [EarlierWatchdog] = []
  /// The server's software, from its banner.
  package var serverSoftware = ""
  /// The platform that fits; see ``Platform/fitting(_:among:)``.
  package var platform = Platform.generic

  /// One of them, as its folder shows.
  package struct EarlierWatchdog: Sendable, Hashable {
    package var folder: String
    /// Whether it belongs to the account that has logged in.
    package var isOwn: Bool
  }

  package init() {}

  /// The port at which sshd took the login, which a router in between may call by another number.
  package var serverPort: Int? { connection.split(separator: " ").last.flatMap { Int($0) } }

  package var isRoot: Bool { userID == 0 }
  package var isDropbear: Bool { serverSoftware.hasPrefix("dropbear") }
}
