/// A form with a file (RFC 7578).
struct MultipartForm {
    let boundary: String
    let bytes: [UInt8]

    init(_ members: JSONValue, file: ClerkFile?) {
        let boundary = "gatehouse-" + String(UInt64.random(in: .min ... .max), radix: 16)
        var bytes: [UInt8] = []
        if case .object(let members) = members {
            for member in members where member.name != "file" {
                bytes +=
                    "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(member.name.quotable)\"\r\n\r\n".utf8
                bytes += (member.value.string ?? member.value.description).utf8
                bytes += "\r\n".utf8
            }
        }
        if let file {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; ".utf8
            bytes += "filename=\"\(file.name.quotable)\"\r\nContent-Type: \(file.mediaType.quotable)\r\n\r\n".utf8
            bytes += file.bytes
            bytes += "\r\n".utf8
        }
        self.boundary = boundary
        self.bytes = bytes + "--\(boundary)--\r\n".utf8
    }
}

extension String {
    /// The text without the characters that end a quoted text or a line.
    fileprivate var quotable: String {
        String(
            decoding: utf8.map { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == 0x7F ? UInt8(ascii: "_") : $0 },
            as: UTF8.self
        )
    }
}
