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
    "primitives/archive.lua": PackageResources.archive_lua,
    "primitives/authorized_principals.lua": PackageResources.authorized_principals_lua,
    "primitives/block.lua": PackageResources.block_lua,
    "primitives/cron.lua": PackageResources.cron_lua,
    "primitives/download.lua": PackageResources.download_lua,
    "primitives/firewall.lua": PackageResources.firewall_lua,
    "primitives/git.lua": PackageResources.git_lua,
    "primitives/group.lua": PackageResources.group_lua,
    "primitives/hostname.lua": PackageResources.hostname_lua,
    "primitives/known_host.lua": PackageResources.known_host_lua,
    "primitives/line.lua": PackageResources.line_lua,
    "primitives/mount.lua": PackageResources.mount_lua,
    "primitives/package.lua": PackageResources.package_lua,
    "primitives/service.lua": PackageResources.service_lua,
    "primitives/ssh_config.lua": PackageResources.ssh_config_lua,
    "primitives/sudoers.lua": PackageResources.sudoers_lua,
    "primitives/swap.lua": PackageResources.swap_lua,
    "primitives/sysctl.lua": PackageResources.sysctl_lua,
    "primitives/template.lua": PackageResources.template_lua,
    "primitives/timer.lua": PackageResources.timer_lua,
    "primitives/timezone.lua": PackageResources.timezone_lua,
    "primitives/trusted_ca.lua": PackageResources.trusted_ca_lua,
    "primitives/lib/lines.lua": PackageResources.lines_lua,
    "primitives/lib/shell.lua": PackageResources.shell_lua,
  ]
}
