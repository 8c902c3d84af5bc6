# Builds from the source of a release; packaging/dist's archive is for Linux only. docs/releasing.md fills url and sha256.
class SshRecipes < Formula
  desc "Carry out guides over SSH, on one host or on a thousand"
  homepage "https://github.com/ssh-recipes/ssh-recipes"
  url "https://github.com/ssh-recipes/ssh-recipes/archive/refs/tags/0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  license "Apache-2.0"

  depends_on "pkgconf" => :build
  depends_on "libyaml"
  depends_on "lua@5.4"
  uses_from_macos "swift" => :build, since: :sequoia

  def install
    arguments = OS.mac? ? ["--disable-sandbox"] : ["--static-swift-stdlib"]
    system "swift", "build", *arguments, "-c", "release", "--product", "ssh-recipes"
    system "packaging/stage", ".build/release/ssh-recipes", prefix
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/ssh-recipes --version")
    assert_match "raspi_passwordless", shell_output("#{bin}/ssh-recipes list")
  end
end
