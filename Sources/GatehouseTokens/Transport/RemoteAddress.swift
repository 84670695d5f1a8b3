/// The parts of an absolute http or https address that decide whether keys may be loaded from it.
package struct RemoteAddress {
    private let isSecure: Bool
    private let host: String

    /// Reads an address; `nil` for another scheme, for credentials in the address, for bytes that an address cannot have, and for a
    /// malformed port.
    package init?(_ url: String) {
        let bytes = Array(url.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        let lowercased = url.lowercased()
        isSecure = lowercased.hasPrefix("https://")
        guard isSecure || lowercased.hasPrefix("http://") else { return nil }
        let authority = lowercased.dropFirst(isSecure ? 8 : 7).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@") else { return nil }
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = String(authority[...end])
        } else {
            host = String(authority.prefix { $0 != ":" })
        }
        let port = authority.dropFirst(host.count)
        guard !host.isEmpty, port.isEmpty || port.first == ":" && UInt16(port.dropFirst()) != nil else { return nil }
    }

    /// True for https, and for http to this machine.
    package var isAcceptable: Bool { isSecure || isLoopback }

    /// True for `localhost`, `[::1]` and an address in 127.0.0.0/8 (RFC 6890).
    private var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { (1...3).contains($0.utf8.count) && UInt8($0) != nil }
    }
}
