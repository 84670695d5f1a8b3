#if Server
import GatehouseBase

/// The address of a PostgreSQL database, `postgresql://user@host:port/database?parameter=value`, by libpq's rules (PostgreSQL 15, section
/// 34.1.1.2).
package struct DatabaseAddress {
    /// True if the address contains a password in any reading.
    package let hasPassword: Bool

    package static let form = "postgresql://USER@HOST/DATABASE"
    package static let missingTrait =
        "PostgreSQL is not in this build of gatehouse: build with the traits Server and PostgreSQL"

    /// Reads an address; `nil` if the text is not an address.
    package init?(_ text: String) {
        guard let prefix = ["postgresql://", "postgres://"].first(where: { text.hasPrefix($0) }),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return nil }
        let parts = text.utf8.dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: "?"),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        let credentials = parts[0].lastIndex(of: UInt8(ascii: "@")).map { parts[0][..<$0] }
        var hasPassword = credentials?.contains(UInt8(ascii: ":")) == true
        for parameter in parts.count > 1 ? parts[1].split(separator: UInt8(ascii: "&")) : [] {
            let name = parameter.prefix { $0 != UInt8(ascii: "=") }
            guard let decoded = Self.decoded(Array(name)) else { return nil }
            if decoded.hasSuffix("password") { hasPassword = true }
        }
        self.hasPassword = hasPassword
    }

    /// Returns the text after percent-decoding; `nil` if a percent sign lacks its two digits.
    private static func decoded(_ bytes: [UInt8]) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            decoded.append(value)
            rest.removeFirst(2)
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}
#endif
