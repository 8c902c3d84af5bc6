/// The shell scripts for hosts and for this computer, in the form sent to a shell: one file each in the folders beside
/// this file, under the same name.
///
/// Each file begins with a comment on its purpose, arguments, output and exit status. Values are passed as arguments
/// only. See ``ScriptComposition`` for the libraries.
package enum ShellScripts {
  // acts
  package static let actSafely = composed(PackageResources.act_safely_sh)
  package static let bringFileBack = composed(PackageResources.bring_file_back_sh)
  package static let makeDirectory = composed(PackageResources.make_directory_sh)
  package static let makeLink = composed(PackageResources.make_link_sh)
  package static let removePath = composed(PackageResources.remove_path_sh)
  package static let replaceFile = composed(PackageResources.replace_file_sh)
  package static let setAttributes = composed(PackageResources.set_attributes_sh)
  package static let setMode = composed(PackageResources.set_mode_sh)
  package static let setOwner = composed(PackageResources.set_owner_sh)

  // connection
  package static let accountHome = composed(PackageResources.account_home_sh)
  package static let answerQuestions = composed(PackageResources.answer_questions_sh)
  package static let becomeRootOnTerminal = oneLine(PackageResources.become_root_on_terminal_sh)
  package static let becomeRoot = oneLine(PackageResources.become_root_sh)
  package static let checkLock = composed(PackageResources.check_lock_sh)
  package static let endLeftSession = composed(PackageResources.end_left_session_sh)
  package static let endProcesses = composed(PackageResources.end_processes_sh)
  package static let prologue = composed(PackageResources.prologue_sh)
  package static let releaseLock = composed(PackageResources.release_lock_sh)
  package static let runBoth = composed(PackageResources.run_both_sh)
  package static let runCommand = composed(PackageResources.run_command_sh)
  package static let takeLock = composed(PackageResources.take_lock_sh)
  package static let tryCommand = composed(PackageResources.try_command_sh)

  // files
  package static let findOwnerNumbers = composed(PackageResources.find_owner_numbers_sh)
  package static let findRealPaths = composed(PackageResources.find_real_paths_sh)
  package static let isFree = composed(PackageResources.is_free_sh)
  package static let isReadable = composed(PackageResources.is_readable_sh)
  package static let isThere = composed(PackageResources.is_there_sh)
  package static let listDirectory = composed(PackageResources.list_directory_sh)
  package static let listFirstEntry = composed(PackageResources.list_first_entry_sh)
  package static let measureFile = composed(PackageResources.measure_file_sh)
  package static let probeFiles = composed(PackageResources.probe_files_sh)
  package static let receiveFile = composed(PackageResources.receive_file_sh)
  package static let receivePiece = composed(PackageResources.receive_piece_sh)
  package static let whyNotRun = composed(PackageResources.why_not_run_sh)

  // keys
  package static let addKey = composed(PackageResources.add_key_sh)
  package static let findKeys = composed(PackageResources.find_keys_sh)
  package static let findKnownKeys = composed(PackageResources.find_known_keys_sh)
  package static let lookAtKeysPath = composed(PackageResources.look_at_keys_path_sh)
  package static let makeKey = composed(PackageResources.make_key_sh)
  package static let readHostKeys = composed(PackageResources.read_host_keys_sh)

  // local
  package static let cleanUp = composed(PackageResources.clean_up_sh)
  package static let runLimited = composed(PackageResources.run_limited_sh)
  package static let runGit = composed(PackageResources.run_git_sh)

  // logins
  package static let probeLogin = composed(PackageResources.probe_login_sh)
  package static let proveLogin = composed(PackageResources.prove_login_sh)
  package static let resolveName = composed(PackageResources.resolve_name_sh)

  // rehearsal
  package static let endRehearsal = composed(PackageResources.end_rehearsal_sh)
  package static let leaveRehearsal = composed(PackageResources.leave_rehearsal_sh)
  package static let rehearse = composed(PackageResources.rehearse_sh)
  package static let relayLogin = oneLine(PackageResources.relay_login_sh)
  package static let startRehearsal = composed(PackageResources.start_rehearsal_sh)

  // sshd
  package static let askSSHD = composed(PackageResources.ask_sshd_sh)
  package static let findSocket = composed(PackageResources.find_socket_sh)
  package static let portIsOpen = composed(PackageResources.port_is_open_sh)
  package static let reloadSSHD = composed(PackageResources.reload_sshd_sh)
  package static let tailLog = composed(PackageResources.tail_log_sh)

  // watchdog
  package static let acknowledgeWatchdog = composed(PackageResources.acknowledge_watchdog_sh)
  package static let armRun = composed(PackageResources.arm_run_sh)
  package static let armWatchdog = composed(PackageResources.arm_watchdog_sh)
  package static let dismissWatchdogs = composed(PackageResources.dismiss_watchdogs_sh)
  package static let extendWatchdog = composed(PackageResources.extend_watchdog_sh)
  package static let guardCommand = composed(PackageResources.guard_command_sh)
  package static let keepBefore = composed(PackageResources.keep_before_sh)
  package static let keepImage = composed(PackageResources.keep_image_sh)
  package static let restoreAll = composed(PackageResources.restore_all_sh)
  package static let restoreNow = composed(PackageResources.restore_now_sh)
  package static let restoreRun = composed(PackageResources.restore_run_sh)
  package static let rollBackRun = composed(PackageResources.roll_back_run_sh)
  package static let restore = composed(PackageResources.restore_sh)
  package static let endEarlierWatchdogs = composed(PackageResources.end_earlier_watchdogs_sh)
  package static let watch = composed(PackageResources.watch_sh)

  /// The libraries available to scripts.
  private static let libraries: [String: [UInt8]] = [
    "lib/aside.sh": PackageResources.aside_sh,
    "lib/askpass.sh": PackageResources.askpass_sh,
    "lib/at-end.sh": PackageResources.at_end_sh,
    "lib/backup.sh": PackageResources.backup_sh,
    "lib/birth.sh": PackageResources.birth_sh,
    "lib/bring-back.sh": PackageResources.bring_back_sh,
    "lib/end-session.sh": PackageResources.end_session_sh,
    "lib/end-watchdog.sh": PackageResources.end_watchdog_sh,
    "lib/fail.sh": PackageResources.fail_sh,
    "lib/find-image.sh": PackageResources.find_image_sh,
    "lib/follow-links.sh": PackageResources.follow_links_sh,
    "lib/has-watchdog.sh": PackageResources.has_watchdog_sh,
    "lib/holders.sh": PackageResources.holders_sh,
    "lib/is-ours.sh": PackageResources.is_ours_sh,
    "lib/is-running.sh": PackageResources.is_running_sh,
    "lib/keep-all.sh": PackageResources.keep_all_sh,
    "lib/keep-network.sh": PackageResources.keep_network_sh,
    "lib/keep-services.sh": PackageResources.keep_services_sh,
    "lib/keep-step.sh": PackageResources.keep_step_sh,
    "lib/listener.sh": PackageResources.listener_sh,
    "lib/listens.sh": PackageResources.listens_sh,
    "lib/look.sh": PackageResources.look_sh,
    "lib/machine.sh": PackageResources.machine_sh,
    "lib/make-kit.sh": PackageResources.make_kit_sh,
    "lib/make-temporary.sh": PackageResources.make_temporary_sh,
    "lib/moment.sh": PackageResources.moment_sh,
    "lib/network.sh": PackageResources.network_sh,
    "lib/next-boot.sh": PackageResources.next_boot_sh,
    "lib/on-disk.sh": PackageResources.on_disk_sh,
    "lib/own-id.sh": PackageResources.own_id_sh,
    "lib/own-number.sh": PackageResources.own_number_sh,
    "lib/path.sh": PackageResources.path_sh,
    "lib/process.sh": PackageResources.process_sh,
    "lib/put-back.sh": PackageResources.put_back_sh,
    "lib/rescue.sh": PackageResources.rescue_sh,
    "lib/restore-files.sh": PackageResources.restore_files_sh,
    "lib/serve.sh": PackageResources.serve_sh,
    "lib/show-key.sh": PackageResources.show_key_sh,
    "lib/start-watchdog.sh": PackageResources.start_watchdog_sh,
    "lib/survey.sh": PackageResources.survey_sh,
    "lib/temporary-file.sh": PackageResources.temporary_file_sh,
    "lib/to-disk.sh": PackageResources.to_disk_sh,
    "lib/use-kit.sh": PackageResources.use_kit_sh,
    "lib/world.sh": PackageResources.world_sh,
  ]

  /// - Parameter file: the text of a script's file.
  /// - Returns: the script with its libraries in front.
  package static func composed(_ file: String) -> String {
    ScriptComposition.text(of: file) { path in libraries[path].map { String(decoding: $0, as: UTF8.self) } }
  }

  private static func composed(_ file: [UInt8]) -> String { composed(String(decoding: file, as: UTF8.self)) }
  private static func oneLine(_ file: [UInt8]) -> String { ScriptComposition.oneLine(composed(file)) }
}
