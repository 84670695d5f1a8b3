#if PolicyFiles
import Foundation
import Gatehouse
import GatehousePolicyFiles
import Testing

@Suite("The guide “The policy document”")
struct GuideTests {
    private static let guide = Result {
        try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Sources/GatehousePolicyFiles/GatehousePolicyFiles.docc/ThePolicyDocument.md")
                .standardized,
            encoding: .utf8
        )
    }

    @Test("each document in the guide has no error")
    func documents() throws {
        let blocks = try Self.guide.get().components(separatedBy: "```yaml\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(!blocks.isEmpty)
        for block in blocks {
            #expect(PolicyDocument(reading: Array(block.utf8)).findings.filter { $0.severity == .error } == [])
        }
    }

    @Test("the guide names every operator and every code of a finding")
    func complete() throws {
        let guide = try Self.guide.get()
        let operators = Condition.Comparison.allCases.map(\.rawValue) + ["exists", "all", "any", "not"]
        for name in operators + Finding.Code.allCases.map(\.rawValue) {
            #expect(guide.contains("`\(name)`"), "\(name) is missing")
        }
    }
}
#endif
