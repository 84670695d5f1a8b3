import GatehouseBase
import GatehouseCrypto

/// The hash chain of records: the hash of each record covers the hash of the record before. `ChainedRecords` writes the chain, and
/// `AuditVerification` verifies it.
enum AuditChain {
    static let hashByteCount = MerkleFrontier.hashByteCount
    static let saltByteCount = 16

    /// Returns the SHA-256 of the salt, the user and the personal data; `nil` if libcrypto fails.
    static func commitment(to record: AuditRecord, salt: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64 + record.personal.count)
        bytes += salt
        bytes.append(optional: record.user)
        bytes += record.personal
        return SHA256Digest(of: bytes)?.bytes
    }

    /// Returns the leaf hash of a row (RFC 6962 section 2.1): SHA-256 over a zero byte and all that redaction leaves; `nil` if libcrypto
    /// fails.
    static func hash(of row: AuditRow) -> [UInt8]? {
        let record = row.record
        var bytes: [UInt8] = []
        bytes.reserveCapacity(192 + record.facts.count)
        bytes.append(0)
        bytes.append(1)  // the version of this encoding
        bytes += row.previous
        bytes += row.commitment
        bytes.append(text: row.writer)
        bytes.append(number: row.sequence)
        bytes.append(number: record.time.seconds)
        bytes.append(number: Int64(record.time.nanoseconds))
        bytes.append(text: record.type)
        bytes.append(UInt8(truncatingIfNeeded: record.outcome.rawValue))
        bytes.append(optional: record.organization)
        bytes.append(optional: record.requestID)
        bytes += record.facts
        return SHA256Digest(of: bytes)?.bytes
    }
}

extension [UInt8] {
    /// Appends a number as eight bytes, the lowest first.
    fileprivate mutating func append(number: Int64) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends a text: the number of its bytes, and the bytes.
    fileprivate mutating func append(text: String) {
        text.withUTF8Bytes { text in
            append(number: Int64(text.count))
            append(contentsOf: text)
        }
    }

    /// Appends a text like ``append(text:)``; for `nil`, appends only the number -1.
    fileprivate mutating func append(optional text: String?) {
        if let text { append(text: text) } else { append(number: -1) }
    }
}
