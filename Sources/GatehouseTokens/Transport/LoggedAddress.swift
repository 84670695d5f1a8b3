/// An address as a log may show it: scheme, host, port and path. Its query, its fragment and its user info, which may hold
/// secrets, are left out.
struct LoggedAddress: CustomStringConvertible {
    let description: String

    /// An address that is not absolute http or https is not shown: any part of the address may be a secret.
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
