import GatehouseCrypto

/// The secret that an authenticator application and the server share (RFC 6238). No way to print the value shows the secret.
public struct TOTPSecret: Sendable, Hashable {
    /// The secret itself.
    let bytes: [UInt8]

    /// Makes a new secret of 160 bits (RFC 4226 section 4).
    ///
    /// - Throws: ``ClerkError`` if the machine has no randomness.
    public static func random() throws(ClerkError) -> TOTPSecret {
        guard let bytes = [UInt8].random(count: 20) else {
            throw ClerkError(.invalidRequest, "libcrypto gives no random bytes")
        }
        return TOTPSecret(bytes: bytes)
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a secret in base32 (RFC 4648 section 6), in either case, with or without spaces and padding; `nil` for any other text, and for a
    /// secret of less than 128 bits.
    public init?(base32 text: String) {
        guard let bytes = Base32.decode(text), bytes.count >= 16, bytes.count <= 128 else { return nil }
        self.bytes = bytes
    }

    /// The secret in base32, without padding. A print of this text prints the secret.
    public var base32: String { Base32.encode(bytes) }

    /// Returns the address that authenticator applications read from a QR code (“Key URI Format”). The address contains the secret.
    ///
    /// - Parameters:
    ///   - issuer: The name of the application for people.
    ///   - account: The name of the person, such as an e-mail address.
    public func uri(issuer: String, account: String) -> String {
        let label = issuer.percentEncoded + ":" + account.percentEncoded
        return
            "otpauth://totp/\(label)?secret=\(base32)&issuer=\(issuer.percentEncoded)&algorithm=SHA1&digits=6&period=30"
    }
}

extension TOTPSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of value, and nothing of the secret.
    public var description: String { "a secret of \(bytes.count * 8) bits" }
    /// The ``description``.
    public var debugDescription: String { description }
    /// The ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["secret": description]) }
}

/// The encoding base32 (RFC 4648 section 6).
enum Base32 {
    private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Returns the characters of these bytes, without padding.
    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        var (bits, count) = (0, 0)
        for byte in bytes {
            (bits, count) = ((bits << 8 | Int(byte)) & 0xFFFF, count + 8)
            while count >= 5 {
                count -= 5
                output.append(characters[bits >> count & 0x1F])
            }
        }
        if count > 0 { output.append(characters[bits << (5 - count) & 0x1F]) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Returns the bytes; `nil` for a character of another alphabet, padding inside, an impossible length, or unused bits that are not
    /// zero.
    static func decode(_ text: String) -> [UInt8]? {
        let given = text.utf8.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") }
        let unpadded = given.prefix { $0 != UInt8(ascii: "=") }
        guard given[unpadded.endIndex...].allSatisfy({ $0 == UInt8(ascii: "=") }),
            ![1, 3, 6].contains(unpadded.count % 8)
        else { return nil }
        var output: [UInt8] = []
        var (bits, count) = (0, 0)
        for character in unpadded {
            let upper = (0x61...0x7A).contains(character) ? character - 0x20 : character
            guard let value = characters.firstIndex(of: upper) else { return nil }
            (bits, count) = ((bits << 5 | value) & 0xFFFF, count + 5)
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return bits & ((1 << count) - 1) == 0 ? output : nil
    }
}
