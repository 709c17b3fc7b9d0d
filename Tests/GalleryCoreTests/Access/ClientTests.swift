import GalleryCore
import Testing

@Suite("Clients")
struct ClientTests {
    @Test(
        "addresses are written in one way",
        arguments: [
            ("203.0.113.7", "203.0.113.7"), ("::", "::"), ("::1", "::1"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("::ffff:203.0.113.7", "203.0.113.7"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1::", "1::"),
            ("fe80:0:0:0:0:0:0:1", "fe80::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ]
    )
    func addresses(text: String, written: String) throws {
        #expect(try IPAddress(text).unwrapped().description == written)
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.-4", "a.b.c.d", ":", ":::", "1::2::3", "12345::",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "::1.2.3", "1.2.3.4::", "[::1]", "::1%lo", "g::",
            "١.2.3.4", String(repeating: "1:", count: 10_000),
        ]
    )
    func nonsense(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("a network of IPv6 counts as one client")
    func networks() throws {
        let keys = try ["2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1"].map {
            ClientKey(try IPAddress($0).unwrapped())
        }
        #expect(keys[0] == keys[1])
        #expect(keys[0] != keys[2])
        #expect(keys[0].rawValue == "2001:db8::/64")
    }

    @Test(
        "a network holds its addresses and no others",
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("0.0.0.0/0", "9.9.9.9", true),
            ("192.0.2.5", "192.0.2.5", true), ("192.0.2.5", "192.0.2.4", false),
            ("192.0.2.128/25", "192.0.2.127", false),
            ("::/0", "9.9.9.9", false), ("2001:db8::/33", "2001:db8:8000::1", false),
            ("::ffff:10.0.0.1", "10.0.0.1", true),
        ]
    )
    func containment(network: String, address: String, isInside: Bool) throws {
        #expect(try IPNetwork(network).unwrapped().contains(IPAddress(address).unwrapped()) == isInside)
    }

    @Test(
        "what is no network is none",
        arguments: ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "a/8", "1.1.1.1/8/8"]
    )
    func noNetwork(text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test(
        "a forwarded address is believed as far as trusted proxies added it",
        arguments: [
            // Nobody is trusted: whatever the list says.
            ("", "9.9.9.9", ["1.1.1.1"], "9.9.9.9"),
            ("10.0.0.0/8", "9.9.9.9", ["1.1.1.1"], "9.9.9.9"),
            // The rightmost address that is no proxy of ours.
            ("10.0.0.0/8", "10.0.0.1", ["6.6.6.6, 1.1.1.1"], "1.1.1.1"),
            ("10.0.0.0/8", "10.0.0.1", ["6.6.6.6", "1.1.1.1, 10.0.0.2"], "1.1.1.1"),
            ("10.0.0.0/8", "10.0.0.1", ["10.0.0.3,10.0.0.2"], "10.0.0.3"),
            ("10.0.0.0/8", "10.0.0.1", [], "10.0.0.1"),
            // Nonsense ends the walk at what is certain.
            ("10.0.0.0/8", "10.0.0.1", ["1.1.1.1, unknown, 10.0.0.2"], "10.0.0.2"),
            ("10.0.0.0/8", "10.0.0.1", ["1.1.1.1,"], "10.0.0.1"),
            // With ports and brackets, as some proxies write.
            ("10.0.0.0/8", "10.0.0.1", ["1.1.1.1:4711"], "1.1.1.1"),
            ("10.0.0.0/8", "10.0.0.1", ["[2001:db8::7]:80"], "2001:db8::/64"),
        ] as [(String, String, [String], String)]
    )
    func forwarded(trusted: String, peer: String, list: [String], client: String) throws {
        let proxies = TrustedProxies(trusted.isEmpty ? [] : [try IPNetwork(trusted).unwrapped()])
        #expect(proxies.client(peer: IPAddress(peer), forwarded: list).rawValue == client)
    }

    @Test("a list as long as a header may be is walked in no time")
    func longList() throws {
        let proxies = TrustedProxies([try IPNetwork("0.0.0.0/0").unwrapped()])
        let list = String(repeating: "1.1.1.1,", count: 100_000) + "1.1.1.1"
        #expect(proxies.client(peer: IPAddress("2.2.2.2"), forwarded: [list]).rawValue == "1.1.1.1")
        #expect(proxies.client(peer: nil, forwarded: [list]) == .unknown)
    }
}
