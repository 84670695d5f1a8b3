import GatehouseBase
import GatehouseTokens

/// The text of a signed note, and its Ed25519 signatures, valid or not (C2SP signed-note).
struct NoteParts {
    /// A signature, with the name and the id of the key from the note.
    struct Signature {
        let name: String
        let keyID: [UInt8]
        let value: [UInt8]

        /// Returns true if the signature has the name and the id of a key.
        func isClaimed(by key: CheckpointVerifier) -> Bool { key.name.hasSameBytes(as: name) && key.keyID == keyID }
    }

    /// The text, including its last line feed.
    let text: [UInt8]
    let signatures: [Signature]

    /// Reads a note; `nil` if no empty line separates the text from the signatures.
    init?(_ note: String) {
        var bytes = Array(note.utf8)
        // A text file may end with more line feeds than the note.
        while bytes.suffix(2) == [0x0A, 0x0A] { bytes.removeLast() }
        // The text ends with the last empty line.
        guard let end = bytes.indices.dropLast().last(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
            return nil
        }
        text = Array(bytes[...end])
        signatures = bytes[(end + 2)...].split(separator: UInt8(ascii: "\n")).compactMap { Signature(line: $0) }
    }
}

extension NoteParts.Signature {
    private static let dash = Array("\u{2014} ".utf8)
    private static let (keyIDByteCount, valueByteCount) = (4, 64)

    /// Reads a line: a dash, the name, and the id and the signature in base64; `nil` if the line has another form.
    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.dash) else { return nil }
        let parts = line.dropFirst(Self.dash.count).split(
            separator: UInt8(ascii: " "),
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2, let value = Base64.standard.decode(optionallyPadded: Array(parts[1])),
            value.count == Self.keyIDByteCount + Self.valueByteCount
        else { return nil }
        name = String(decoding: parts[0], as: UTF8.self)
        keyID = Array(value.prefix(Self.keyIDByteCount))
        self.value = Array(value.dropFirst(Self.keyIDByteCount))
    }
}
