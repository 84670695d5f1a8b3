import GatehouseBase
import GatehouseCrypto
import GatehouseTokens

/// The state of a log in the form of C2SP's tlog-checkpoint: origin, size, and root of the tree (RFC 6962 section 2.1).
public struct Checkpoint: Sendable, Hashable, CustomStringConvertible {
    /// The log's name.
    public var origin: String
    /// The number of records of the log.
    public var size: Int64
    /// The root of the tree over them.
    public var root: [UInt8]

    /// Makes a checkpoint.
    public init(origin: String, size: Int64, root: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The text that is signed: three lines.
    public var description: String { "\(origin)\n\(size)\n\(Base64.standard.encodePadded(root))\n" }

    /// Reads the text of a note; `nil` if the text is not a checkpoint. Lines after the third are extensions, and are skipped.
    public init?(_ text: String) {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        guard lines.count >= 4, lines.last == "", !lines[0].isEmpty,
            let size = Int64(lines[1]), size >= 0, String(size).hasSameBytes(as: lines[1]),
            let root = Base64.standard.decode(optionallyPadded: Array(lines[2].utf8)),
            root.count == AuditChain.hashByteCount
        else { return nil }
        self.init(origin: lines[0], size: size, root: root)
    }
}

/// A key that signs checkpoints: Ed25519, with a name (C2SP signed-note).
public struct CheckpointSigner: Sendable {
    private let key: Ed25519SigningKey
    private let seed: [UInt8]
    /// The public half of the key, for a verifier.
    public let verifier: CheckpointVerifier

    /// Makes a signer from 32 secret bytes.
    ///
    /// - Parameters:
    ///   - name: The key's name, such as the host's: no spaces, no plus sign.
    ///   - seed: The private key of Ed25519: 32 bytes.
    /// - Throws: ``RecordStoreError`` with the code `invalidValue` for another number of bytes or such a name.
    public init(name: String, seed: [UInt8]) throws(RecordStoreError) {
        guard CheckpointVerifier.isName(name) else {
            throw RecordStoreError(
                .invalidValue,
                "a checkpoint key's name is 1 to 200 bytes without spaces and plus signs"
            )
        }
        guard let key = Ed25519SigningKey(seed: seed),
            let verifier = CheckpointVerifier(name: name, publicKey: key.publicKey)
        else { throw RecordStoreError(.invalidValue, "a checkpoint key has 32 bytes") }
        (self.key, self.seed, self.verifier) = (key, seed, verifier)
    }

    /// Makes a signer with a new key.
    ///
    /// - Throws: ``RecordStoreError`` if there are no random bytes, or if the name is not valid.
    public static func random(name: String) throws(RecordStoreError) -> CheckpointSigner {
        guard let seed = [UInt8].random(count: 32) else { throw .cryptography }
        return try CheckpointSigner(name: name, seed: seed)
    }

    /// The 32 secret bytes. Everybody who has the bytes can sign.
    public var secret: [UInt8] { seed }

    /// Signs a checkpoint. The note consists of the text, an empty line and the signature.
    ///
    /// - Throws: ``RecordStoreError`` if libcrypto fails.
    public func note(_ checkpoint: Checkpoint) throws(RecordStoreError) -> String {
        let text = checkpoint.description
        guard let signature = key.signature(of: Array(text.utf8)) else { throw .cryptography }
        return "\(text)\n\u{2014} \(verifier.name) \(Base64.standard.encodePadded(verifier.keyID + signature))\n"
    }
}

extension CheckpointSigner: CustomStringConvertible, CustomReflectable {
    /// The public half.
    public var description: String { verifier.description }
    /// The public half.
    public var customMirror: Mirror { Mirror(self, children: ["verifier": verifier.description]) }
}

/// The public half of a key that signs checkpoints, in the form `name+id+key` of C2SP's signed-note.
public struct CheckpointVerifier: Sendable, Hashable, CustomStringConvertible {
    /// The key's name.
    public let name: String
    /// The first four bytes of SHA-256 over the name, a line feed, the byte 1 and the key.
    let keyID: [UInt8]
    private let publicKey: [UInt8]

    init?(name: String, publicKey: [UInt8]) {
        let named = Array(name.utf8) + [UInt8(ascii: "\n"), 1] + publicKey
        guard publicKey.count == 32, Self.isName(name), let digest = SHA256Digest(of: named) else { return nil }
        self.name = name
        self.publicKey = publicKey
        keyID = Array(digest.bytes.prefix(4))
    }

    /// Reads `name+id+key`; `nil` for another text, or if the id belongs to another key.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let key = Base64.standard.decode(optionallyPadded: Array(parts[2])), key.first == 1,
            let verifier = CheckpointVerifier(name: String(Substring(parts[0])), publicKey: Array(key.dropFirst())),
            verifier.hexadecimalID.hasSameBytes(as: String(Substring(parts[1])))
        else { return nil }
        self = verifier
    }

    /// The text `name+id+key`.
    public var description: String { "\(name)+\(hexadecimalID)+\(Base64.standard.encodePadded([1] + publicKey))" }

    private var hexadecimalID: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: keyID.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }

    static func isName(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "+") }
    }

    /// Returns the checkpoint of a note; `nil` if this key made none of its signatures.
    public func checkpoint(in note: String) -> Checkpoint? {
        guard let parts = NoteParts(note) else { return nil }
        let isSigned = parts.signatures.contains { signature in
            signature.isClaimed(by: self)
                && Ed25519SigningKey.verifies(signature.value, of: parts.text, publicKey: publicKey)
        }
        return isSigned ? Checkpoint(String(decoding: parts.text, as: UTF8.self)) : nil
    }
}
