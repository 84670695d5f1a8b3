#if Curl
import HTTPTypes

/// The parts of an answer that came so far.
struct TransferAnswer {
    private static let maximumHeadByteCount = 262_144

    /// The largest number of bytes of the body.
    var limit = 0
    private(set) var fields = HTTPFields()
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private var headByteCount = 0
    private var isHeadComplete = false

    /// Takes a part of the body. Returns false if the body exceeds the limit.
    mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isHeadComplete = true
        guard bytes.count <= limit - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// Takes a line of the head. Returns false if the head exceeds 256 KiB. Each status line begins a new head, since interim answers (RFC
    /// 9110 section 15.2) have a head too. Trailers are left out.
    mutating func takeLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= Self.maximumHeadByteCount - headByteCount else {
            isTooLarge = true
            return false
        }
        headByteCount += bytes.count
        if isHeadComplete && !bytes.starts(with: "HTTP/".utf8) { return true }
        if bytes.starts(with: "HTTP/".utf8) {
            fields = HTTPFields()
            isHeadComplete = false
            return true
        }
        if bytes.starts(with: "\r\n".utf8) || bytes.starts(with: "\n".utf8) {
            isHeadComplete = true
            return true
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let name = HTTPField.Name(String(decoding: bytes[..<colon], as: UTF8.self))
        else { return true }
        let value = bytes[(colon + 1)...].drop(while: Self.isSpace).reversed().drop(while: Self.isSpace).reversed()
        fields.append(HTTPField(name: name, value: Array(value)))
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [0x09, 0x0A, 0x0D, 0x20].contains(byte)
    }
}
#endif
