#if QRCode
import CQREncode

/// A QR code (ISO/IEC 18004) of a text, such as the address that an authenticator application reads.
///
/// ```swift
/// let enrolled = try await clerk.factors.enrollTOTP(user, issuer: "Acme")
/// let page = try QRCode(enrolled.uri).svg
/// ```
///
/// The code reveals its text to everybody who sees it: show a code with a secret only to the secret's owner, and do not store the code.
public struct QRCode: Sendable, Hashable {
    /// The part of a code's data that can be restored when it is unreadable.
    public enum ErrorCorrection: Sendable, Hashable, CaseIterable {
        /// About 7, 15, 25 and 30 percent of the data.
        case low, medium, quartile, high

        fileprivate var level: QRecLevel {
            switch self {
            case .low: QR_ECLEVEL_L
            case .medium: QR_ECLEVEL_M
            case .quartile: QR_ECLEVEL_Q
            case .high: QR_ECLEVEL_H
            }
        }
    }

    /// The number of modules on each side, without the margin.
    public let size: Int
    /// The version, from 1 to 40, which determines the size.
    public let version: Int
    /// True for each dark module, row by row.
    let modules: [Bool]

    /// Makes the smallest code that holds a text.
    ///
    /// - Parameters:
    ///   - text: The text, whose UTF-8 bytes are the content. Readers take bytes outside ASCII for UTF-8 or for ISO 8859-1.
    ///   - errorCorrection: The part of the code's data that may be unreadable.
    /// - Throws: ``QRCodeError`` for an empty text and for a text that is too long (over 2,953 bytes with the least error correction).
    public init(_ text: String, errorCorrection: ErrorCorrection = .medium) throws(QRCodeError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw QRCodeError(.noText, "a QR code needs a text") }
        // The call passes the number of bytes, since a C text would end at a NUL. The version 0 lets libqrencode choose.
        guard let count = Int32(exactly: bytes.count),
            let code = QRcode_encodeData(count, bytes, 0, errorCorrection.level)
        else {
            throw QRCodeError(.tooLong, "no QR code holds \(bytes.count) bytes with this error correction")
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        size = width
        version = Int(code.pointee.version)
        // The lowest bit of each byte is 1 for a dark module.
        modules = (0..<width * width).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Returns true if the module is dark, and false for a module outside the code.
    public func isDark(row: Int, column: Int) -> Bool {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return false }
        return modules[row * size + column]
    }
}

extension QRCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The version and the size, without the content.
    public var description: String { "a QR code of version \(version), \(size) by \(size)" }
    /// The version and the size, without the content.
    public var debugDescription: String { description }
    /// A mirror that shows only ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["code": description]) }
}
#else
/// A QR code (ISO/IEC 18004) of a text.
@available(*, unavailable, message: "enable the trait QRCode of the package gatehouse")
public struct QRCode {
    public init(_ text: String) throws {}
}
#endif
