/// `ssh-recipes.1`, in the mdoc language of mdoc(7).
enum ManualPage {
  static var text: String {
    head + ExitStatus.allCases.map { ".It \($0.rawValue)\n\($0.meaning)\n" }.joined() + tail
  }

  private static let head = #"""
    .\" Generated from Sources/ssh-recipes/ManualPage.swift by `make reference`.
    .Dd 2026
    .Dt SSH-RECIPES 1
    .Os
    .Sh NAME
    .Nm ssh-recipes
    .Nd carry out guides over SSH
    .Sh SYNOPSIS
    .Nm
    .Cm run
    .Op Ar options
    .Ar recipe
    .Op Ar host ...
    .Nm
    .Cm plan
    .Op Ar options
    .Ar recipe
    .Op Ar host ...
    .Nm
    .Cm list
    .Nm
    .Cm show
    .Ar recipe
    .Nm
    .Cm search
    .Ar word ...
    .Nm
    .Cm repo
    .Ar command
    .Op Ar options
    .Nm
    .Cm primitives
    .Op Ar name
    .Nm
    .Cm new
    .Ar name
    .Nm
    .Cm lint
    .Ar file ...
    .Nm
    .Fl -version
    .Sh DESCRIPTION
    .Nm
    runs recipes: Lua files that do over SSH, step by step, what a guide tells a person to do.
    It uses the system's
    .Xr ssh 1 ,
    so that
    .Pa ~/.ssh/config ,
    jump hosts, agents and hardware keys work.
    Nothing has to be installed on a host but a POSIX
    .Xr sh 1 .
    .Pp
    A
    .Ar host
    is written as
    .Ar user Ns @ Ns Ar host Ns Op : Ns Ar port ,
    with an IPv6 address in brackets where a port follows it, or as a name from
    .Pa ~/.ssh/config .
    Hosts take the recipe's roles in order.
    A recipe with one single role runs once for each host, side by side.
    .Bl -tag -width Ds
    .It Cm run
    Carry the recipe out.
    .It Cm plan
    Say what
    .Cm run
    would change, and change nothing.
    .It Cm list
    List the recipes that are there, and where each comes from.
    .It Cm show
    Show what a recipe is for, which hosts and settings it takes, and what it may do.
    .It Cm search
    Find recipes by what they are called, are for, and take.
    .It Cm repo
    Fetch recipes of other people, and pin them; see
    .Sx REPOSITORIES .
    .It Cm primitives
    List what recipes can do, or explain one primitive.
    .It Cm new
    Write a commented recipe into the current folder, to start from.
    A file that is there is never written over.
    .It Cm lint
    Check recipes without running them.
    .El
    .Sh OPTIONS
    These are options of
    .Cm run
    and
    .Cm plan .
    .Bl -tag -width Ds
    .It Fl -set Ar name Ns = Ns Ar value
    A setting of the recipe; may be given again.
    .It Fl -trust
    Agree to a recipe of somebody else as it is now, without being asked.
    .It Fl -recipes Ar folder
    Also look for recipes in this folder, first of all; may be given again.
    .It Fl y , -yes
    Agree to every confirmation, and take what is to be done by hand for done.
    .It Fl -accept-new
    Trust the keys of hosts that are not known yet.
    A changed key always stops.
    .It Fl -password-command Ar command
    Run
    .Ar command
    by
    .Xr sh 1 ,
    once; the first line that it prints is the login password of every host.
    .It Fl -sudo-password-command Ar command
    The same for the password that
    .Xr sudo 8 ,
    .Xr doas 1
    or
    .Xr su 1
    wants.
    .It Fl -password-fd Ar number
    Read the login password from an open file descriptor.
    .It Fl -key Ar path
    Offer this private key when logging in.
    .It Fl -forks Ar number
    Work on at most so many hosts at once; 50 if not given.
    .It Fl -output Cm terminal | plain | json | junit
    What to print.
    Without it,
    .Cm terminal
    on a terminal and
    .Cm plain
    elsewhere.
    .Cm json
    is one event a line on standard output, and nothing else there.
    .It Fl q , -quiet
    Print errors only.
    .It Fl v , -verbose
    Also print differences, and what was right already.
    .It Fl -debug
    Also print every script that is sent, with secrets left out.
    .It Fl -no-color
    Print without colours.
    .El
    .Pp
    Ctrl-C ends the run in order: the act that is under way is finished, and nothing after it begins.
    A second Ctrl-C ends the program at once.
    .Sh REPOSITORIES
    A repository is any git repository with a folder
    .Pa recipes/ .
    It is fetched with the system's
    .Xr git 1 ,
    which executes nothing of it, and pinned in a lock file by its commit and a hash of its content.
    Before anything of it is loaded its files are checked against the lock file.
    .Bl -tag -width Ds
    .It Cm repo add Ar url Oo Fl -name Ar name Oc Oo Fl -ref Ar ref Oc Oo Fl -signer Ar key Ns | Ns Ar file Oc Oo Fl -pin Oc
    Fetch a repository and pin what it holds now.
    With
    .Fl -signer
    it must be signed by one of these keys, now and in all updates, and with
    .Fl -pin
    by whoever has signed it now.
    .It Cm repo check Oo Ar folder Oc Oo Fl -write Oc
    Check a repository of your own before you publish it;
    .Fl -write
    brings the table of recipes in its README up to date.
    .It Cm repo sign Oo Ar folder Oc Fl -key Ar path
    Sign a repository of your own with an SSH key.
    .It Cm repo list
    List the repositories that are pinned.
    .It Cm repo show Ar name
    Show what a repository holds, and what it is pinned to.
    .It Cm repo update Oo Ar name Oc Oo Fl -ref Ar ref Oc Oo Fl -plan Oc Oo Fl -diff Oc Oo Fl -yes Oc Oo Fl -trust Oc
    Show what is new, ask, and pin it.
    Unattended,
    .Fl -yes
    takes updates that let no recipe do more than before, and
    .Fl -trust
    takes all.
    .It Cm repo update Fl -undo Ar name
    Go back to what the last update replaced.
    .It Cm repo install Fl -locked
    Fetch what the lock file pins, to the byte, or nothing.
    .It Cm repo remove Ar name
    Take a repository out of the lock file, and its files off this computer.
    .El
    .Pp
    With
    .Fl -recipes Ar folder
    the lock file and the files lie in that folder, so that a project can keep them under version control.
    A recipe of a repository is called
    .Ar repository Ns / Ns Ar recipe ;
    the repository may be left out where only one place has a recipe of that name.
    .Li bundled/ Ns Ar recipe
    and
    .Li own/ Ns Ar recipe
    name those that came with the program, and your own.
    .Sh ENVIRONMENT
    .Bl -tag -width Ds
    .It Ev NO_COLOR
    When it is not empty, print without colours.
    .It Ev SSH_RECIPES_PATH
    Folders to look for recipes in, separated by colons, before all others; a lock file in one of them counts as well.
    .It Ev XDG_CONFIG_HOME , Ev XDG_DATA_HOME , Ev XDG_CACHE_HOME
    In the place of
    .Pa ~/.config ,
    .Pa ~/.local/share
    and
    .Pa ~/.cache .
    .It Ev SSH_RECIPES_DATA
    The folder of what came with the program.
    .El
    .Sh FILES
    .Bl -tag -width Ds
    .It Pa ~/.config/ssh-recipes/recipes/
    Your own recipes.
    .It Pa ~/.config/ssh-recipes/platforms/
    Your own platforms.
    .It Pa ~/.config/ssh-recipes/repositories.lock
    The repositories that are pinned.
    .It Pa ~/.local/share/ssh-recipes/repositories/
    Their files.
    .It Pa ~/.cache/ssh-recipes/repositories/
    What git fetched; it can be removed at any time.
    .It Pa PREFIX/share/ssh-recipes/
    What came with the program.
    .El
    .Sh EXIT STATUS
    .Bl -tag -width Ds

    """#

  private static let tail = #"""
    .El
    .Sh EXAMPLES
    Log in to a Raspberry Pi without a password from now on:
    .Pp
    .Dl ssh-recipes run raspi_passwordless pi@raspberrypi.local
    .Pp
    Two Synology boxes, unattended:
    .Pp
    .Dl ssh-recipes run synology_pair admin@nas1 admin@nas2 --accept-new --password-command 'pass show nas' --yes
    .Sh SEE ALSO
    .Xr git 1 ,
    .Xr ssh 1 ,
    .Xr ssh_config 5 ,
    .Xr sshd_config 5

    """#
}
