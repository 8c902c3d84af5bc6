extension LibraryFailureCase {
  /// Downloads from a server on the host, with one of the two programs.
  static func web(besides other: String) -> LibraryFailureCase {
    let (url, sum) = ("http://127.0.0.1:8000", "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")
    func got(_ path: String, _ name: String, more: String = "") -> String {
      "download { '\(url)\(path)', '/usr/share/\(name)', sha256 = '\(sum)', root = true\(more) }"
    }
    func lost(_ url: String) -> String { "unreachable: the host could not fetch \(url)" }
    return LibraryFailureCase(
      name: "downloads without \(other)",
      prepare: """
        rm -f /usr/bin/\(other); mkdir -p /srv/full; mount -t tmpfs -o size=16k tmpfs /srv/full; cat /dev/zero >/srv/full/fill
        cat >/srv/server.py <<'END'
        \(server)
        END
        echo old >/usr/share/old; setsid python3 /srv/server.py </dev/null >/dev/null 2>&1 &
        timeout 30 sh -c "until grep -q ':1F40 .* 0A ' /proc/net/tcp; do sleep 0.1; done"
        """,
      calls: [
        (got("/none", "new"), lost(url + "/none")), (got("/loop", "new"), lost(url + "/loop")),
        (got("/short", "new"), lost(url + "/short")), (got("/short", "old"), lost(url + "/short")),
        (got("/other", "old"), "mismatch: the file at \(url)/other has another checksum"),
        (got("/page", "old").replacing("8000", with: "8001"), lost(url.replacing("8000", with: "8001") + "/page")),
        (got("/page", "old").replacing("127.0.0.1", with: "x.invalid"), lost("http://x.invalid:8000/page")),
        (got("/page", "none/x"), "absent: there is no directory for /usr/share/none/x"),
        (
          got("/large", "x").replacing("/usr/share/", with: "/srv/full/"),
          "limit: the disk is full, so /srv/full/x was not written"
        ),
        (got("/moved", "new"), "done"),
      ],
      changed: ["/usr/share/new"])
  }

  private static let server = """
    import http.server
    class Handler(http.server.BaseHTTPRequestHandler):
      def do_GET(self):
        to = {"/moved": "/page", "/loop": "/loop"}.get(self.path)
        body = {"/page": b"hello\\n", "/other": b"other\\n", "/short": b"hel", "/large": b"x" * 100000}.get(self.path, b"")
        self.send_response(302 if to else 200 if body else 404)
        if to: self.send_header("Location", to)
        self.send_header("Content-Length", "6" if self.path == "/short" else str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    http.server.ThreadingHTTPServer(("127.0.0.1", 8000), Handler).serve_forever()
    """
}
