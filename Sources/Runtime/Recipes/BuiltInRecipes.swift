/// The recipes, platforms and primitives of the folder `recipes` as they were when the program was built, for a program
/// without `share/ssh-recipes` beside it.
package enum BuiltInRecipes {
  /// The folder's name in messages; ``LocalFiles`` reads paths below it from ``files``.
  package static let folder = "(built in)"

  /// By path in the folder.
  package static let files: [String: [UInt8]] = [
    "raspi_passwordless.lua": PackageResources.raspi_passwordless_lua,
    "synology_pair.lua": PackageResources.synology_pair_lua,
    "platforms/alpine.lua": PackageResources.alpine_lua,
    "platforms/debian.lua": PackageResources.debian_lua,
    "platforms/dropbear.lua": PackageResources.dropbear_lua,
    "platforms/fedora.lua": PackageResources.fedora_lua,
    "platforms/freebsd.lua": PackageResources.freebsd_lua,
    "platforms/macos.lua": PackageResources.macos_lua,
    "platforms/openwrt.lua": PackageResources.openwrt_lua,
    "platforms/qnap.lua": PackageResources.qnap_lua,
    "platforms/raspberry_pi_os.lua": PackageResources.raspberry_pi_os_lua,
    "platforms/rhel.lua": PackageResources.rhel_lua,
    "platforms/synology_dsm.lua": PackageResources.synology_dsm_lua,
    "platforms/synology_dsm6.lua": PackageResources.synology_dsm6_lua,
    "platforms/synology_dsm7.lua": PackageResources.synology_dsm7_lua,
    "platforms/truenas.lua": PackageResources.truenas_lua,
    "platforms/ubuntu.lua": PackageResources.ubuntu_lua,
    "platforms/unraid.lua": PackageResources.unraid_lua,
    "primitives/account.lua": PackageResources.account_lua,
    "primitives/group.lua": PackageResources.group_lua,
    "primitives/package.lua": PackageResources.package_lua,
    "primitives/service.lua": PackageResources.service_lua,
    "primitives/lib/shell.lua": PackageResources.shell_lua,
  ]
}
