/// An address for a log: scheme, host, port and path. The query, the fragment and the user info are left out, since they may contain
/// secrets.
struct LoggedAddress: CustomStringConvertible {
    let description: String

    /// Makes an address for a log. An address that is not absolute http or https is not shown, since any part of it may be a secret.
    init(_ url: String) {
        let shown = url.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let parts = shown.split(separator: UInt8(ascii: "/"), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[1].isEmpty else {
            description = Self.malformed
            return
        }
        let host = parts[2].lastIndex(of: UInt8(ascii: "@")).map { parts[2][$0...].dropFirst() } ?? parts[2]
        let path = parts.count > 3 ? "/" + String(Substring(parts[3])) : ""
        let address = "\(Substring(parts[0]))//\(Substring(host))\(path)"
        description = RemoteAddress(address) == nil ? Self.malformed : address.printable(atMost: 256)
    }

    private static let malformed = "(a malformed address)"
}
