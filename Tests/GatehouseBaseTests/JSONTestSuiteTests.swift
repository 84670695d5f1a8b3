import Foundation
import GatehouseBase
import SharedVectors
import Testing

@Suite("The JSON scanner decides every case of JSONTestSuite", SharedVectors.trait)
struct JSONTestSuiteTests {
    static let cases = SharedVectors.rows("vectors/jsontestsuite.json", "items")

    /// Valid by RFC 8259, but refused here: two readers of such a text would see two different tokens.
    static let stricter: Set = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

    /// Left open by RFC 8259, and accepted here: numbers of any size are kept as they are written. What else is left
    /// open is refused: lone surrogates, bytes that are not UTF-8, byte-order marks, deep nesting, duplicate members.
    static let accepted: Set = [
        "i_number_double_huge_neg_exp.json", "i_number_neg_int_huge_exp.json", "i_number_pos_double_huge_exp.json",
        "i_number_too_big_neg_int.json", "number_-9223372036854775808.json", "number_1.000000000000000005.json",
        "number_1000000000000000.json", "number_9223372036854775807.json", "object_key_nfc_nfd.json",
        "object_key_nfd_nfc.json", "string_with_escaped_NULL.json",
    ]

    /// Accepted here, but refused by Foundation, which makes a double of every number.
    static let overflowing: Set = ["i_number_neg_int_huge_exp.json", "i_number_pos_double_huge_exp.json"]

    @Test("a text is accepted or refused as expected", arguments: cases)
    func verdict(row: SharedVectors.Row) throws {
        let name = try #require(row["name"]?.string)
        let bytes = try bytes(of: row)
        let expected =
            switch row["expect"]?.string {
            case "accept": !Self.stricter.contains(name)
            case "reject": false
            default: Self.accepted.contains(name)
            }
        let document = try? JSONDocument(parsing: Array(bytes))
        #expect((document != nil) == expected)
        guard let document else { return }
        let value = JSONValue(document.root)
        #expect(JSONValue(try JSONDocument(parsing: value.utf8).root) == value)
    }

    /// If Foundation's parser and ours disagree on a whole text, ours must be the stricter.
    @Test("nothing is accepted that Foundation refuses", arguments: cases)
    func differential(row: SharedVectors.Row) throws {
        let bytes = try bytes(of: row)
        guard (try? JSONDocument(parsing: Array(bytes))) != nil else { return }
        let name = try #require(row["name"]?.string)
        guard !Self.overflowing.contains(name) else { return }
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed) }
    }

    /// One item is described instead of given: it is long.
    private func bytes(of row: SharedVectors.Row) throws -> Data {
        guard row["generate"] == nil else { return Data((String(repeating: "[{\"\":", count: 50_000) + "\n").utf8) }
        return try #require(row["b64"]?.string.flatMap { Data(base64Encoded: $0) })
    }
}
