"""The commands: where each one is and its one-line summary, so that ``tsunagari --help`` imports none of them."""

from __future__ import annotations

from tsunagari.errors import Message

COMMANDS_BY_FOLDER = {
    "lists": {
        "demo": Message(
            "同梱の資料からグラフを作り、空白・橋渡し団体・地図・Excel 報告書まで一度に見せる。",
            "Build the bundled graph and show its gaps, brokers, map and Excel report in one go.",
        ),
        "init": Message("ひな形の作業フォルダーを作る。", "Write a starter workspace to fill with your own lists."),
        "add": Message(
            "一覧表のファイルかフォルダーを作業フォルダーに加える。",
            "Add lists, or a folder of them, to a workspace.",
        ),
        "inspect": Message(
            "ファイルがどう読まれるかを見せ、設定に貼る [[source]] を提案する。",
            "Show what would be read of a file and propose the [[source]] to paste.",
        ),
        "synthesize": Message(
            "架空の国の一覧表を、実際のファイルの乱れと正解付きで作る。",
            "Write the lists of a fictional country, with the mess of real files and the truth beside them.",
        ),
        "build": Message(
            "作業フォルダーの一覧表を読み込み、グラフを作る。", "Read the lists of a workspace and build its graph."
        ),
        "check": Message(
            "読み込みの問題とグラフ全体の規則を調べる。",
            "Report what the load found and run the rules over the whole graph.",
        ),
        "fix": Message(
            "読めなかった値を一つずつ尋ね、答えをすべての行に使う（元の一覧は書き換えない）。",
            "Ask once for each value that could not be read and use the answer for every row; no list is changed.",
        ),
        "fields": Message(
            "どの分野か分からなかった語を数とともに示し、対応を書く field-words.csv を作る。",
            "List words for fields that were not understood, with counts, and write field-words.csv to say what they "
            "mean.",
        ),
        "match": Message(
            "同じ団体かもしれない組を示し、人の判断を残す（取り消せる）。",
            "List organisations that may be one and keep what people decide; decisions can be undone.",
        ),
    },
    "answers": {
        "gaps": Message(
            "支援が届いていない市区町村×分野を深刻な順に示す。",
            "List where support does not reach, most serious first.",
        ),
        "brokers": Message(
            "団体どうしをつないでいる橋渡し団体を示す。", "List the organisations that hold the network together."
        ),
        "remedies": Message(
            "空白ごとに、埋められそうな団体と仲介を頼む団体を示す。地域全体の展開の計画も立てる。",
            "Name for every gap who could fill it and whom to ask; plan extensions for a whole scope.",
        ),
        "loss": Message(
            "団体がなくなると何が失われるかを、すべての団体について示す。",
            "Show what would be lost without each organisation.",
        ),
        "centrality": Message(
            "ネットワークの中心にいる団体を、選んだ指標の順に示す。",
            "List who is in the middle of a network, by the measures you choose.",
        ),
        "test": Message(
            "橋渡しや区分の混ざり方が、無作為なネットワークと違うかを検定する。",
            "Test whether brokerage or mixing differs from that of random networks.",
        ),
        "scenario": Message(
            "団体・支援・連携・参加が増減したら何が変わるかを試算する（何も書き換えない）。",
            "Try what organisations, services, ties or memberships coming or going would change; nothing is written.",
        ),
        "diff": Message(
            "二つの日付、または二つのグラフの間で何が変わったかを示す。",
            "Show what changed between two days or two builds.",
        ),
        "ask": Message(
            "用意された質問の一覧を出す。名前を付けると答える。",
            "List the ready-made questions, or answer one by its name.",
        ),
        "query": Message("SPARQL の問い合わせ（読み取りのみ）を実行する。", "Run a SPARQL query (read-only)."),
        "verify": Message(
            "文献に印刷された値をこのパソコンで計算し直し、一致するかを出典とともに示す。",
            "Compute the published numbers on this machine and show whether they agree, with their sources.",
        ),
    },
    "outputs": {
        "map": Message(
            "1 つの HTML ファイルで開ける地図を書き出す。", "Write the map, one HTML file that works offline."
        ),
        "atlas": Message(
            "全国から団体までのページのフォルダーを書き出す。",
            "Write the atlas, a folder of pages from the nation to each body.",
        ),
        "report": Message(
            "会議資料になる報告を Excel・Word・HTML などで書き出す。", "Write the report in Excel, Word, HTML or text."
        ),
        "export": Message(
            "グラフを他のソフト用の形式で書き出す。",
            "Write the graph in a format for other software.",
        ),
        "publish": Message(
            "グラフを SPARQL のサーバー（Fuseki・Oxigraph など）に公開する。",
            "Publish the graph on a SPARQL server (Fuseki, Oxigraph and others).",
        ),
        "neo4j": Message(
            "グラフを Neo4j のデータベースに送る・読み戻す・照合する。",
            "Send the graph to a Neo4j database, read it back, or compare the two.",
        ),
        "completion": Message("シェルの補完スクリプトを出力する。", "Print the completion script of a shell."),
    },
}
"""The summary of each command, by the folder of ``cli/commands`` in which it is; both in the order of the help."""

SECTIONS = {
    "lists": Message("一覧表からグラフへ", "From lists to a graph"),
    "answers": Message("答えを得る", "Answers"),
    "outputs": Message("書き出す・共有する", "Files and servers"),
}
"""What the help calls each folder."""

COMMANDS = {name: summary for commands in COMMANDS_BY_FOLDER.values() for name, summary in commands.items()}

HEADINGS = {
    "Usage": Message("使い方", "Usage"),
    "Options": Message("オプション", "Options"),
    "Commands": Message("コマンド", "Commands"),
    "Positional arguments": Message("引数", "Arguments"),
}
