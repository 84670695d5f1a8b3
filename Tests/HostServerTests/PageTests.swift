#if NIO && Hummingbird && FlyingFox && GRPC
import Foundation
import Testing

@Suite("The pages of the adapters")
struct PageTests {
    private static let package = URL(filePath: #filePath).appending(path: "../../..").standardized

    private static var pages: [(page: String, source: String)] {
        var pages = [
            ("GatehouseNIO/GatehouseNIO.docc/GatehouseNIO.md", "NIOPage"),
            ("GatehouseGRPC/GatehouseGRPC.docc/GatehouseGRPC.md", "GRPCPage"),
            ("GatehouseFlyingFox/GatehouseFlyingFox.docc/GatehouseFlyingFox.md", "FlyingFoxPage"),
            ("GatehouseHummingbird/GatehouseHummingbird.docc/GatehouseHummingbird.md", "HummingbirdPage"),
            ("GatehouseHTTP/GatehouseHTTP.docc/AddingAHost.md", "OtherHostPage"),
        ]
        #if Vapor
        pages.append(("GatehouseVapor/GatehouseVapor.docc/GatehouseVapor.md", "VaporPage"))
        #endif
        return pages
    }

    @Test(
        "the pages show code that this build compiled",
        arguments: pages
    )
    func code(page: String, source: String) throws {
        let text = try String(contentsOf: Self.package.appending(path: "Sources/\(page)"), encoding: .utf8)
        let code = try String(
            contentsOf: Self.package.appending(path: "Tests/HostServerTests/Pages/\(source).swift"),
            encoding: .utf8
        )
        let blocks = text.components(separatedBy: "```swift\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
        let lines = code.components(separatedBy: "\n").filter { !$0.hasPrefix("#if ") && !$0.hasPrefix("#endif") }
        #expect(blocks == [lines.joined(separator: "\n")])
    }
}
#endif
