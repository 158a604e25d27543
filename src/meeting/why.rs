//! Why a report says what it says: the rule behind each speaker, office and county, and behind the meeting's facts.
//!
//! Each rule has a name here, and in `tests/attribution/rules.tsv` an example on which it fires and a counter-example on
//! which it doesn't.

/// Declares the rules of one kind: an enum, the list of all of them, and their names.
macro_rules! rules {
    ($(#[$about:meta])* $kind:ident { $($(#[$doc:meta])* $rule:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {
            $($(#[$doc])* $rule,)*
        }

        impl $kind {
            /// All of them, in order.
            pub const ALL: &'static [$kind] = &[$($kind::$rule,)*];

            /// Its name, as `inspect --why` shows it.
            pub fn name(self) -> &'static str {
                match self {
                    $($kind::$rule => $name,)*
                }
            }
        }
    };
}

rules! {
    /// Which rule decided whose words a remark is.
    SpeakerRule {
        /// 邹岚副县长强调,….
        PersonBeforeCue = "person before cue",
        /// 与会人员认为,….
        GroupBeforeCue = "group before cue",
        /// 她说,….
        PronounBeforeCue = "pronoun before cue",
        /// 汪银生说,…, met for the first time.
        NewNameBeforeCue = "new name before cue",
        /// 村民主理财小组成员牛书田说,….
        NewNameBehindNoun = "new name behind a noun before cue",
        /// 网友“青山”说,….
        NicknameBeforeCue = "nickname before cue",
        /// 这位身高一米八的汉子坦言,….
        ThisPersonBeforeCue = "this person before cue",
        /// 一位村民说,….
        SomebodyBeforeCue = "somebody before cue",
        /// 县交通局介绍,….
        BodyBeforeCue = "body before cue",
        /// 会议听取了汇报。强调,….
        MeetingBefore = "meeting of the sentence before",
        /// 邹岚来到茶园,听取介绍,强调,….
        TopicOfSentence = "topic of the sentence",
        /// …,并要求,….
        SubjectOfCueBefore = "subject of the cue before",
        /// 会上,邹岚作了三点安排:….
        Announcement = "announcement",
        /// 邹岚回答得很干脆:“…”
        ColonBeforeQuotation = "colon before quotation",
        /// “…”邹岚笑了。
        BesideTheWords = "beside the words",
        /// “…”邹岚说,“…”
        SpeakerBefore = "speaker before",
        /// 邹岚强调: with the words in the next paragraph.
        AnnouncedBefore = "announced before",
        /// 邹岚要求,要抓好三件事: over 一、….
        List = "list behind a colon",
        /// What a speaker's county does, between the speaker's own words.
        Account = "account between the words",
        /// “…”, and in the next paragraph “…”.
        QuotationGoesOn = "quotation goes on",
        /// “…, and in the next paragraph “…”邹岚说.
        NamedAtQuotationsEnd = "named at the quotation's end",
        /// 说这话的是邹岚, in the next paragraph.
        NamedBehind = "named behind the words",
        /// 镇长邹岚当场这样答复, in the next paragraph.
        ToldToHaveSaid = "told to have said it",
        /// 护林员丘福生算起账来毫不含糊, in the next paragraph.
        IntroducedBehind = "introduced behind the words",
        /// 邹岚:….
        TurnHead = "head of a turn",
        /// 下面请邹岚介绍情况。 and then, without a head: 各位朋友,….
        CalledUp = "called up",
        /// (出录音)….
        Recording = "recording",
        /// 三、会议强调.
        HeadingOfDecisions = "heading of decisions",
        /// 邹岚表示, on a line of its own.
        HeadingSays = "heading that says who speaks",
        /// 2.青石镇(邹岚), one of several such headings.
        HeadingOfReport = "heading of a place's report",
        /// 邹岚书记批示.
        HeadingOfInstructions = "heading of instructions",
        /// A speech under its byline.
        BylineOfSpeech = "byline of a speech",
        /// 邹岚在…上的讲话 over a salutation.
        TitleOfSpeech = "title of a speech",
        /// 邹岚书记的讲话, on a line of its own.
        HeadingOfSpeech = "heading of a speech",
        /// 大家好,我是邹岚.
        IntroducesHimself = "introduces himself",
        /// A contribution under an office and a name.
        HeadingOfContribution = "heading of a contribution",
        /// …。(镇党委书记 邹岚)
        SignatureOfContribution = "signature of a contribution",
        /// > …。 over > ——邹岚(县长)
        SignatureOfQuotation = "signature of a quotation",
        /// “…?” and “…。”, each a paragraph of its own, behind a question and an answer of two.
        TalkOfTwo = "talk of two",
        /// (县委书记邹岚插话:…) within another's words.
        Interjection = "interjection in brackets",
        /// Said, and nobody is named for it.
        NobodyNamed = "nobody named",
    }
}

rules! {
    /// Which rule tells a speaker's office.
    OfficeRule {
        /// 副县长邹岚强调: it stands at these words.
        AtTheName = "at the name",
        /// It stands beside the name elsewhere in the file.
        Elsewhere = "beside the name elsewhere",
        /// It stands in the list of those present.
        Roster = "list of those present",
        /// 副县长 邹岚:….
        TurnHead = "head of a turn",
        /// 我是石门镇党委书记邹岚.
        OwnIntroduction = "own introduction",
        /// 邹岚是石门镇党委书记.
        SentenceSays = "a sentence says so",
        /// The file's head corrects it.
        Corrected = "corrected in the head",
    }
}

rules! {
    /// Which rule decided on a speaker's county, or that none is told.
    CountyRule {
        /// 舒城县水利局局长.
        OwnPlace = "place in the office",
        /// 晓天镇党委书记, and 舒城县晓天镇 elsewhere in the file.
        TownNamedWithCounty = "town that the file names with its county",
        /// 来自乾县的种植大户.
        PlaceBeside = "place beside the name",
        /// 县委书记, 我县代表.
        HomeBody = "body of the home's rank",
        /// 石门镇镇长, 村支书.
        HomeTown = "town or village of the home",
        /// 人大代表 at the county's congress.
        HomeDelegate = "delegate at the home's congress",
        /// 水利局局长.
        HomeBareOffice = "bureau of the home",
        /// 出席:梅某, in the county's own minutes.
        HomePresent = "present at the home's meeting",
        /// 村民王静, and 王静 of whom no office is told, where the county's own paper names no other county.
        HomeResident = "somebody of the home",
        /// 省水利厅厅长: no county.
        Above = "above the counties",
        /// A county's office, and no home: no county.
        NoHome = "no home known",
        /// No place and no body tells: no county.
        NothingTells = "nothing tells",
        /// The file's head corrects it.
        Corrected = "corrected in the head",
    }
}

rules! {
    /// What tells the county whose paper a file is.
    HomeRule {
        /// The file's head or its folder's: what the admin says.
        Given = "head of the file or folder",
        /// 舒城县2025年信访工作联席会议纪要.
        Title = "title",
        /// A folder with a county's name.
        Folder = "folder's name",
        /// 本报乾县3月5日讯.
        Dateline = "dateline",
        /// 首页 > 平和新闻, 来源:绥宁县融媒体中心, (枞阳县文明办).
        Masthead = "masthead",
        /// 柳湾县防汛会议纪要: of no list.
        TitleUnlisted = "title, county of no list",
        /// 由舒城县水利局主办.
        Organizer = "organizer",
        /// 座谈会在舒城县举行.
        Place = "place",
        /// The lead's first sentence names one county.
        Lead = "lead",
        /// All offices that name a county name the same.
        Offices = "offices",
        /// The only county that the text names, or by far the most frequent.
        Text = "text",
        /// The only short form, of the prefecture whose paper it is: 临城、齐河各具特色.
        ShortForm = "short form",
        /// Nothing tells.
        Nothing = "nothing tells",
    }
}

rules! {
    /// What tells a meeting's title.
    TitleRule {
        /// The file's own head.
        FileHead = "head of the file",
        /// 会议名称:….
        Label = "label",
        /// The line that most looks like one.
        Headline = "headline",
        /// 3月1日,河谷县春耕现场会在城关镇召开.
        Lead = "lead",
        /// The file's name.
        FileName = "file name",
    }
}

rules! {
    /// What tells a meeting's days.
    DaysRule {
        /// The file's own head.
        FileHead = "head of the file",
        /// 时间:2025年6月3日.
        TimeLabel = "time label",
        /// The stamps of a chat or a transcript.
        TranscriptStamp = "transcript stamp",
        /// A line under the title, or the lead.
        LineOrLead = "date line or lead",
        /// The title.
        Title = "title",
        /// A line of the head that has a day beside other words.
        HeadLine = "line of the head",
        /// The file's name.
        FileName = "file name",
    }
}

/// Why a remark is whose it is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    /// The rule that decided on the speaker.
    pub speaker: SpeakerRule,
    /// The rule that tells the office, where there is one.
    pub office: Option<OfficeRule>,
    /// The rule that tells the county or that none is told; `None` where nobody with an office speaks.
    pub county: Option<CountyRule>,
}

/// Why a meeting's facts are what they are said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactsWhy {
    /// What told the title.
    pub title: TitleRule,
    /// What told the days; `None` where they are open.
    pub days: Option<DaysRule>,
    /// What told the county whose paper it is.
    pub home: HomeRule,
}
