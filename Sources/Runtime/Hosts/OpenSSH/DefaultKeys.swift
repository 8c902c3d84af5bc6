#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The private keys that ssh tries by default (ssh_config(5), IdentityFile).
enum DefaultKeys {
  static var existing: [String] {
    // As ssh does; HOME may be another after `sudo -E`, in cron and in CI.
    guard let home = Effective.home else { return [] }
    let folder = home + "/.ssh/"
    return ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"].map { folder + $0 }
      .filter { access($0, R_OK) == 0 }
  }
}
