import Foundation

extension LockOutCase {
  /// All, or those with a word of `SSH_RECIPES_CASES` in their name, to try one alone.
  static let all: [LockOutCase] = {
    let all = accounts + keys + protocols + sessions + places + modes + contents + system + commands + links
    guard let word = ProcessInfo.processInfo.environment["SSH_RECIPES_CASES"] else { return all }
    return all.filter { $0.testDescription.contains(word) }
  }()

  /// Who may log in at all.
  private static let accounts: [LockOutCase] = [
    options("AllowUsers with somebody else", #"AllowUsers = "ada""#, gate: .check).by(.key, .password),
    options("AllowUsers from another address", #"AllowUsers = "pi@192.0.2.*""#, gate: .check).by(.key),
    // A rehearsal comes from no address.
    options("AllowUsers from another network", #"AllowUsers = "pi@192.0.2.0/24""#, gate: .proof).by(.key),
    options("DenyUsers", #"DenyUsers = "p*""#, gate: .check).by(.key, .password),
    options("DenyGroups", #"DenyGroups = "pi""#, gate: .rehearsal).by(.key, .password),
    options("AllowGroups with another group", #"AllowGroups = "staff""#, gate: .rehearsal).by(.key),
    options("PermitRootLogin no", "PermitRootLogin = false", gate: .check, user: "root").by(.key),
    options(
      "PermitRootLogin for forced commands", #"PermitRootLogin = "forced-commands-only""#, gate: .rehearsal,
      user: "root"
    ).by(.key),
    options(
      "no PAM, and a password that is locked", "UsePAM = false", gate: .rehearsal, arranging: "passwd -q -l pi"
    ).by(.key),
  ].flatMap(\.self)

  /// Which keys sshd finds.
  private static let keys: [LockOutCase] = [
    options("AuthorizedKeysFile elsewhere", #"AuthorizedKeysFile = "/etc/ssh/keys/%u""#, gate: .rehearsal).by(.key),
    options("AuthorizedKeysFile none", #"AuthorizedKeysFile = "none""#, gate: .rehearsal).by(.key),
    options(
      "AuthorizedKeysCommand that fails",
      #"AuthorizedKeysFile = "none", AuthorizedKeysCommand = "/bin/false", AuthorizedKeysCommandUser = "nobody""#,
      gate: .rehearsal
    ).by(.key),
    options(
      "certificates alone", #"AuthorizedKeysFile = "none", TrustedUserCAKeys = "/etc/ssh/ca.pub""#, gate: .rehearsal,
      arranging: "ssh-keygen -q -t ed25519 -N '' -f /root/ca; cp /root/ca.pub /etc/ssh/ca.pub"
    ).by(.key),
    options(
      "RevokedKeys with the key", #"RevokedKeys = "/etc/ssh/revoked""#, gate: .rehearsal,
      arranging: #"printf '%s\n' "$KEY" >/etc/ssh/revoked"#
    ).by(.key),
    options("RevokedKeys without its file", #"RevokedKeys = "/etc/ssh/nowhere""#, gate: .rehearsal).by(.key),
    options(
      "StrictModes and an open home", "StrictModes = true", gate: .rehearsal,
      arranging: "sed -i '1i StrictModes no' /etc/ssh/sshd_config; systemctl reload ssh; chmod 777 ~"
    ).by(.key),
    options(
      "PubkeyAcceptedAlgorithms without the key's", #"PubkeyAcceptedAlgorithms = "rsa-sha2-512""#, gate: .rehearsal
    ).by(.key),
    options(
      "RequiredRSASize above the key's", "RequiredRSASize = 4096", gate: .rehearsal, keyType: "rsa -b 2048"
    ).by(.key),
    options("PubkeyAuthentication no", "PubkeyAuthentication = false", gate: .rehearsal).by(.key),
    options(
      "no password and no key", "PasswordAuthentication = false, PubkeyAuthentication = false", gate: .check
    ).by(.key, .password),
    options("PasswordAuthentication no", "PasswordAuthentication = false", gate: .rehearsal).by(.password),
    options(
      "AuthenticationMethods that want both", #"AuthenticationMethods = "publickey,password""#, gate: .rehearsal
    ).by(.key, .password),
    options(
      "AuthenticationMethods that nobody has", #"AuthenticationMethods = "hostbased""#, gate: .check
    ).by(.key),
  ].flatMap(\.self)

  /// What both sides must have in common.
  private static let protocols: [LockOutCase] = [
    options(
      "a host key that nobody knows", #"HostKey = "/etc/ssh/other""#, gate: .rehearsal,
      arranging: "ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/other"
    ).by(.key),
    options("a host key that is not there", #"HostKey = "/etc/ssh/nowhere""#, gate: .check).by(.key),
    options(
      "HostKeyAlgorithms without the key's", #"HostKeyAlgorithms = "rsa-sha2-512""#, gate: .rehearsal
    ).by(.key),
    options(
      "KexAlgorithms of the past", #"KexAlgorithms = "diffie-hellman-group1-sha1""#, gate: .rehearsal
    ).by(.key, .password),
    options("Ciphers of the past", #"Ciphers = "3des-cbc""#, gate: .rehearsal).by(.key),
    options("MACs of the past", #"Ciphers = "aes128-ctr", MACs = "hmac-md5""#, gate: .rehearsal).by(.key),
  ].flatMap(\.self)

  /// What happens once somebody is in.
  private static let sessions: [LockOutCase] = [
    options("ForceCommand that ends at once", #"ForceCommand = "/bin/false""#, gate: .rehearsal).by(.key, .password),
    options("ForceCommand for files alone", #"ForceCommand = "internal-sftp""#, gate: .rehearsal).by(.key),
    options("MaxSessions 0", "MaxSessions = 0", gate: .rehearsal).by(.key),
    options("MaxAuthTries 0", "MaxAuthTries = 0", gate: .rehearsal).by(.key, .password),
    // The listener counts, and a rehearsal has none.
    options("PerSourceMaxStartups 0", "PerSourceMaxStartups = 0", gate: .proof).by(.key),
    options("ChrootDirectory of the account", #"ChrootDirectory = "%h""#, gate: .rehearsal).by(.key),
    options(
      "ChrootDirectory without a shell", #"ChrootDirectory = "/srv/jail""#, gate: .rehearsal,
      arranging: "mkdir -p /srv/jail"
    ).by(.key, .password),
  ].flatMap(\.self)

  /// Where sshd listens.
  private static let places: [LockOutCase] = [
    options(
      "a port behind a firewall", "Port = 2222", restart: "port = 2222", gate: .proof,
      arranging: "ip rule add ipproto 6 sport 2222 to 10.77.0.0/16 blackhole"
    ).by(.key),
    options("ListenAddress of the loopback", #"ListenAddress = "127.0.0.1""#, gate: .proof).by(.key),
    options("ListenAddress of another host", #"ListenAddress = "192.0.2.1""#, gate: .rehearsal).by(.key),
    options("AddressFamily inet6", #"AddressFamily = "inet6""#, gate: .proof).by(.key),
  ].flatMap(\.self)
}
