/// A dead-man switch on a host: puts sshd's files back and reloads sshd unless it is told within its time that a login
/// has proved them. It outlives the connection and us; with systemd also a reboot.
struct Watchdog: Sendable, Hashable {
  /// Beside sshd_config: there root can write, and it is still there after a reboot.
  let folder: String
  /// Only who knows it can confirm, so that an older run's confirmation is not taken for this one's.
  let word: String
  let account: Account
  /// In seconds, from the edit to the proof; begun anew when sshd is reloaded.
  let patience: Int
}
