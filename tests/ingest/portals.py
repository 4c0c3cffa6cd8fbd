"""Pages of made-up portals: each wraps a document's HTML in the furniture of one kind of content system.

The names of classes and ids are those that the systems write; the words and figures of the furniture are ours, chosen
so that they would be taken for goals, tasks and deadlines by anyone who does not see where they stand.
"""

# ruff: noqa: E501 (markup)
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TASK = "UBND tỉnh giao Sở Xây dựng hoàn thành 97% kế hoạch trước ngày 30/11/2021"
GOAL = "Phấn đấu đến năm 2035 có 73% số xã phủ sóng 5G"
PROCEDURES = """<div class="{box}"><h4>Kết quả giải quyết TTHC</h4><p>Tháng 10/2024: tiếp nhận 41362 hồ sơ</p>
<p>Đúng hạn: 99.9%</p><p>Trễ hạn: 0.1%</p></div>"""


@dataclass(frozen=True)
class Page:
    """What a portal publishes: headline, the day of posting as ISO and the body's HTML."""

    title: str
    day: str
    body: str

    @property
    def date(self) -> str:
        """The day as Vietnamese pages write it, without leading zeros."""
        year, month, day = self.day.split("-")
        return f"{int(day)}/{int(month)}/{year}"

    @property
    def padded(self) -> str:
        year, month, day = self.day.split("-")
        return f"{day}/{month}/{year}"


def links(*texts: str, item: str = "li") -> str:
    """A list of headlines, each a link."""
    rows = "".join(f'<{item}><a href="/x?id={i}">{text}</a></{item}>' for i, text in enumerate(texts))
    return f"<ul>{rows}</ul>" if item == "li" else rows


MENU = links("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản chỉ đạo", "Thủ tục hành chính", "Liên hệ")


def nested_tables(page: Page) -> str:
    """A page of the 2000s: everything in tables, no class names that help."""
    return f"""<html><head><title>Cổng thông tin điện tử tỉnh Vĩnh Giang</title></head>
<body topmargin=0><center><table width=780 cellpadding=0 cellspacing=0 border=0>
<tr><td colspan=3><img src=banner.jpg alt=""><marquee>Chào mừng kỷ niệm 90 năm ngày truyền thống</marquee></td></tr>
<tr><td colspan=3 bgcolor=#cc0000><a href=1>Trang chủ</a> | <a href=2>Tin tức</a> | <a href=3>Văn bản</a> |
<a href=4>Góp ý</a></td></tr>
<tr><td width=160 valign=top><table width=100%><tr><td><a href=5>Tổ chức bộ máy</a></td></tr>
<tr><td><a href=6>Số liệu thống kê 99%</a></td></tr><tr><td><a href=7>Công báo năm 2021</a></td></tr></table></td>
<td valign=top><table width=100%><tr><td><font size=4 color=navy><b>{page.title}</b></font></td></tr>
<tr><td align=right><i>Thứ năm, {page.date} | 5:25:21 Chiều</i></td></tr><tr><td>100%</td></tr>
<tr><td>{page.body}</td></tr><tr><td align=right><a href=p>In bài viết</a></td></tr>
<tr><td><b>Các tin khác:</b></td></tr>
<tr><td><table><tr><td><a href=8>{TASK}</a> (20/7/2022)</td></tr><tr><td><a href=9>{GOAL}</a> (19/7/2022)</td></tr></table></td></tr>
</table></td>
<td width=160 valign=top><table width=100%><tr><td bgcolor=#eeeeee><b>Thống kê truy cập</b></td></tr>
<tr><td>Đang truy cập: 16</td></tr><tr><td>Hôm nay: 38,439</td></tr><tr><td>Tổng truy cập: 637,261</td></tr></table>
</td></tr>
<tr><td colspan=3 align=center>Bản quyền thuộc UBND tỉnh Vĩnh Giang. Điện thoại: 2020.3747224</td></tr></table></center>
</body></html>"""


def wordpress(page: Page) -> str:
    """WordPress with the usual plugins for sharing and related posts."""
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{page.title} - Huyện Tân Lập</title>
<meta property="og:title" content="{page.title}">
<meta property="article:published_time" content="{page.day}T10:25:21+00:00"></head>
<body class="post-template-default single single-post"><div id="page" class="site">
<header id="masthead" class="site-header"><p class="site-title"><a href="/">Huyện Tân Lập</a></p>
<nav id="site-navigation" class="main-navigation">{MENU}</nav></header>
<div id="content" class="site-content"><main id="main" class="site-main">
<article id="post-812" class="post-812 post type-post hentry category-tin-tuc">
<header class="entry-header"><h1 class="entry-title">{page.title}</h1><div class="entry-meta">
<span class="byline">bởi <a href="/author/admin">admin</a></span></div></header>
<div class="entry-content">{page.body}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3>{links("Facebook", "Zalo", "In")}</div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Có liên quan</h3><p>{TASK}</p><p>{GOAL}</p></div></div>
<footer class="entry-footer"><span class="cat-links">Danh mục: <a href="/c">Tin tức</a></span></footer></article>
<nav class="navigation post-navigation"><a href="/a">Bài trước: {GOAL}</a><a href="/b">Bài sau: {TASK}</a></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">2 bình luận</h2><ol class="comment-list">
<li><p>Đề nghị Sở Y tế trả lời trước ngày 5/8/2022.</p></li><li><p>{GOAL}, tôi thấy khó đạt.</p></li></ol>
<div id="respond" class="comment-respond"><form><p>Trả lời Hủy</p></form></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>Bài mới nhất</h2>
{links(TASK, GOAL, "Khai mạc hội thao năm 2022")}</section><section class="widget"><p>Hôm nay: 1,204 lượt xem, tăng 15%</p>
</section></aside></div><footer id="colophon" class="site-footer"><p>© 2022 UBND huyện Tân Lập. Giảm 30% lệ phí.</p></footer>
</div></body></html>"""


def sharepoint(page: Page) -> str:
    """SharePoint 2010/2013: the whole page a form, web parts in zones, the text in an ``ms-rtestate-field``."""
    return f"""<!DOCTYPE html><html><head><title>
	{page.title}
</title><script>var _spPageContextInfo = {{webServerRelativeUrl: "\\u002f", webTitle: "Hoàn thành 99% trước 2022"}};</script>
</head><body class="v4master"><form method="post" action="tin.aspx" id="aspnetForm">
<div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKMTY1OTk5JQ==" /></div>
<div id="s4-ribbonrow" class="s4-pr s4-ribbonrowhidetitle"><a href="#">Chuyển đến nội dung chính</a></div>
<div id="s4-workspace"><div id="s4-bodyContainer">
<div id="s4-topheader2"><div class="s4-lp s4-toplinks"><div class="menu horizontal menu-horizontal">{MENU}</div></div></div>
<div id="s4-leftpanel" class="s4-notdlg"><div class="ms-quicklaunchouter">{MENU}</div></div>
<div id="MSO_ContentTable" class="s4-ca"><div class="ms-bodyareacell"><table class="ms-core-tableNoSpace" width="100%"><tr>
<td id="_invisibleIfEmpty" valign="top"><div class="ms-webpart-zone ms-fullWidth"><div class="ms-webpart-chrome">
<div class="ms-WPBody"><div class="tin-tieude">{page.title}</div><div class="ngay-dang">Đăng ngày {page.padded} | 17:25</div>
<div class="zoom-widget"><span>100%</span><span>&lt;</span></div>
<div class="ms-rtestate-field" style="display:inline" aria-labelledby="ctl00_x"><div class="ExternalClassA1B2">{page.body}</div></div>
</div></div></div></td>
<td valign="top"><div class="ms-webpart-zone"><div class="ms-webpart-chrome" title="Tin mới nhất"><div class="ms-webpart-titleText">
<h2>Tin mới nhất</h2></div><div class="ms-WPBody">{links(f"{TASK} (21/07/2022)", f"{GOAL} (20/07/2022)", "Họp báo quý II")}</div></div>
<div class="ms-webpart-chrome">{PROCEDURES.format(box="ms-WPBody")}</div></div></td></tr></table></div></div>
<div class="s4-footer ms-footer"><p>Trưởng Ban biên tập: ông Lê Văn Bình, Chánh Văn phòng UBND tỉnh</p>
<p>Số lượt truy cập: 637,261</p></div></div></div></form></body></html>"""


def liferay(page: Page) -> str:
    """Liferay: portlets, the text in a ``journal-content-article``."""
    return f"""<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head><title>Chi tiết tin - Cổng TTĐT tỉnh</title></head>
<body class="yui3-skin-sam controls-hidden site"><div id="wrapper"><header id="banner" role="banner"><div id="heading">
<h1 class="site-title"><a class="logo" href="/">Cổng thông tin điện tử</a></h1></div></header>
<nav id="navigation" class="sort-pages modify-pages" role="navigation">{MENU}</nav>
<div id="content"><div class="portlet-boundary portlet-boundary_103_ portlet-breadcrumb"><ul class="breadcrumb">
<li><a href="/">Trang chủ</a></li><li><a href="/t">Tin tức</a></li></ul></div>
<div class="columns-2" id="main-content" role="main"><div class="portlet-layout row-fluid"><div class="portlet-column span8">
<div class="portlet-boundary portlet-journal-content"><section class="portlet"><div class="portlet-body">
<div class="journal-content-article"><h3 class="header-title"><span>{page.title}</span></h3>
<p class="time-post">{page.padded} 17:25</p>{page.body}</div>
<div class="taglib-ratings stars"><p>Trung bình (12 Votes): 95%</p></div>
<div class="taglib-social-bookmarks">{links("Facebook", "Twitter", "Zalo")}</div></div></section></div>
<div class="portlet-boundary portlet-asset-publisher"><section class="portlet"><h2 class="portlet-title">Tin liên quan</h2>
<div class="portlet-body"><div class="asset-abstract"><h3 class="asset-title"><a href="/1">{TASK}</a></h3>
<div class="asset-summary">{GOAL}</div></div></div></section></div></div>
<div class="portlet-column span4"><div class="portlet-boundary">{PROCEDURES.format(box="portlet-body thong-ke")}</div>
</div></div></div></div><footer id="footer" role="contentinfo"><p>Địa chỉ: số 15 đường Bờ Sông. Giảm 50% phí.</p></footer></div>
</body></html>"""


def nukeviet(page: Page) -> str:
    """NukeViet: ``news_column``, the text in ``news-bodyhtml``, newer and older news below it."""
    return f"""<!DOCTYPE html><html lang="vi"><head><title>{page.title}</title></head><body><div class="body-bg"><div class="wraper">
<header><div class="container"><div id="header"><div class="logo"><span class="site_name">Sở GD&amp;ĐT</span></div></div></div></header>
<nav class="second-nav" id="menusite"><div class="container">{MENU}</div></nav>
<section><div class="container" id="body"><div class="row"><div class="col-sm-16 col-md-18">
<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle"><div class="panel-body">
<h1 class="title margin-bottom-lg" itemprop="headline">{page.title}</h1>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">Thứ năm - {page.padded} 05:25</span></div>
<div class="col-md-12"><ul class="list-inline text-right"><li><a title="Gửi bài viết qua email" href="#">&nbsp;</a></li></ul></div></div>
<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{page.body}</div>
<div class="margin-bottom-lg"><p class="text-right"><strong>Nguồn tin: </strong>Văn phòng Sở</p></div></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><form id="form3B" action=""><div class="h5 clearfix">
<p id="stringrating">Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p></div></form></div></div>
<div class="news_column panel panel-default"><div class="panel-body other-news"><p class="h3"><strong>Những tin mới hơn</strong></p>
<div class="clearfix"><ul class="detail-related related list-none list-items"><li><h4><a href="/1">{TASK}</a></h4>
<em>(25/07/2022)</em></li><li><h4><a href="/2">{GOAL}</a></h4><em>(24/07/2022)</em></li></ul></div>
<p class="h3"><strong>Những tin cũ hơn</strong></p><div class="clearfix"><ul class="related"><li><h4><a href="/3">{TASK}</a></h4>
<em>(20/07/2022)</em></li></ul></div></div></div></div>
<div class="col-sm-8 col-md-6"><div class="panel panel-primary"><div class="panel-heading">Thống kê</div><div class="panel-body">
<ul class="counter list-none display-table"><li><span>Đang truy cập</span><span>12</span></li><li><span>Hôm nay</span><span>3,905</span></li>
<li><span>Tháng hiện tại</span><span>100%</span></li></ul></div></div></div></div></div></section>
<footer id="footer"><p>Bản quyền thuộc về Sở. Mã nguồn NukeViet CMS, giảm 20%.</p></footer></div></div></body></html>"""


def drupal(page: Page) -> str:
    """Drupal 7: regions and blocks, the text in ``field-name-body``."""
    return f"""<!DOCTYPE html><html lang="vi"><head><title>{page.title} | Cổng thông tin huyện</title></head>
<body class="html not-front no-sidebars page-node node-type-article"><div id="skip-link"><a href="#main-content">Nhảy đến nội dung</a></div>
<div id="page-wrapper"><div id="page"><div id="header" class="with-secondary-menu"><div class="section clearfix">
<div id="name-and-slogan"><div id="site-name"><strong><a href="/">Huyện Phú Lâm</a></strong></div></div>
<div id="main-menu" class="navigation"><h2 class="element-invisible">Menu chính</h2>{MENU}</div></div></div>
<div id="main-wrapper" class="clearfix"><div id="main" class="clearfix"><div id="breadcrumb"><h2 class="element-invisible">Bạn ở đây</h2>
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/tin">Tin</a></div></div>
<div id="content" class="column"><div class="section"><a id="main-content"></a><h1 class="title" id="page-title">{page.title}</h1>
<div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content">
<div id="node-15" class="node node-article node-promoted"><div class="meta submitted"><span>Được đăng bởi <span>bientap</span> vào Thứ 5,
{page.padded} - 17:25</span></div><div class="content clearfix"><div class="field field-name-body field-type-text-with-summary">
<div class="field-items"><div class="field-item even">{page.body}</div></div></div>
<div class="field field-name-field-tags field-type-taxonomy-term-reference"><h3 class="field-label">Tags:</h3>{links("giáo dục", "95%", "2025")}</div>
</div><div class="link-wrapper"><ul class="links inline"><li class="comment_forbidden"><span><a href="/l">Đăng nhập</a> để gửi ý kiến</span></li></ul></div></div>
</div></div><div id="block-views-tin-lien-quan-block" class="block block-views"><h2>Cùng chuyên mục</h2><div class="content">
<div class="view view-tin-lien-quan"><div class="views-row"><span class="field-content"><a href="/1">{TASK}</a></span></div>
<div class="views-row"><span class="field-content"><a href="/2">{GOAL}</a></span> <span>20/07/2022</span></div></div></div></div></div></div></div>
<div id="sidebar-first" class="column sidebar"><div class="section"><div class="region region-sidebar-first">{PROCEDURES.format(box="block")}
</div></div></div></div></div><div id="footer-wrapper"><div class="section"><div id="footer" class="clearfix"><p>Ban biên tập: 0209.3811.225,
tăng 12%</p></div></div></div></div></div></body></html>"""


def government(page: Page) -> str:
    """The system of the central newspapers: ``detail-content``, boxes of related news inside the text."""
    box = f'<div class="VCSortableInPreviewMode" type="RelatedNewsBox"><ul class="VCRelatedNews"><li><a href="/1">{TASK}</a></li></ul></div>'
    return f"""<!DOCTYPE html><html lang="vi"><head><title>{page.title}</title><meta property="og:title" content="{page.title}" />
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x","datePublished":"{page.day}T17:25:00+07:00",
"dateModified":"2023-01-02T08:00:00+07:00"}}</script></head><body><div class="header" id="siteheader"><div class="header__top">
<div class="header__date">Thứ ba, 12/11/2024</div></div><div class="header__nav">{MENU}</div></div>
<div class="main"><div class="detail__container"><div class="detail__breadcrumb breadcrumb"><a href="/c">Chỉ đạo, điều hành</a></div>
<h1 class="detail-title" data-role="title">{page.title}</h1><div class="detail-time"><div data-role="publishdate">{page.padded} 17:25</div></div>
<div class="detail-tool toolbar"><a class="zoom-in">A+</a><a class="zoom-out">A-</a><span>100%</span></div>
<div class="detail-content afcbc-body clearfix" data-role="content">{box}
<figure class="VCSortableInPreviewMode" type="Photo"><img src="a.jpg"><figcaption class="PhotoCMS_Caption"><p>{GOAL} - Ảnh: VGP/NB</p></figcaption></figure>
{page.body}</div><div class="detail-author">Nguyễn Hoàng</div>
<div class="detail__tags"><a href="/t1">chuyển đổi số</a><a href="/t2">98%</a><a href="/t3">2025</a></div></div>
<div class="box-comment" data-objectid="102"><div class="box-comment__title">Bình luận (3)</div><p>{GOAL}</p></div>
<div class="box-category" data-layout="14"><div class="box-category-top"><h2>Tin cùng chuyên mục</h2></div><div class="box-category-middle">
<div class="box-category-item"><a href="/1">{TASK}</a><p class="box-category-sapo">{GOAL}.</p></div></div></div></div>
<div class="footer"><p>© Cổng Thông tin điện tử Chính phủ. Giấy phép số 27/GP-TTĐT, cấp ngày 08/09/2022</p></div></body></html>"""


def webforms(page: Page) -> str:
    """ASP.NET WebForms: generated ids, a grid of other documents with a pager, an update stamp at the end."""
    ids = "ctl00_ContentPlaceHolder1"
    grid = "".join(
        f"<tr><td>{i}</td><td><a href='/{i}'>{text}</a></td><td>20/07/2022</td></tr>"
        for i, text in enumerate((TASK, GOAL, TASK))
    )
    return f"""<!DOCTYPE html><html><head><title>Trang tin</title></head><body><form name="aspnetForm" method="post" action="Tin.aspx" id="aspnetForm">
<div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{"dDwtMTk5JSUy" * 200}" /></div>
<div id="ctl00_topmenu"><table cellpadding="0"><tr>{links("Trang chủ", "Tin tức", "Văn bản", "Hỏi đáp", item="td")}</tr></table></div>
<div id="ctl00_ucDateTime"><span id="ctl00_lblToday">Hôm nay, thứ ba ngày 12/11/2024</span></div>
<div class="center"><span id="{ids}_lblTieuDe" class="TieuDe" style="display:block">{page.title}</span>
<span id="{ids}_lblNgay" class="Ngay" style="display:block">Ngày đăng: {page.padded}</span>
<span id="{ids}_lblNoiDung">{page.body}</span>
<div>Lượt xem: 1.274</div><div><a href="#">Quay lại</a> <a href="#">In bài viết</a></div>
<span id="{ids}_lblKhac"><b>Tin tức khác</b></span><div><table id="{ids}_gvTin" class="GridView">{grid}
<tr class="Pager"><td colspan="3"><table><tr><td><span>1</span></td><td><a href="#">2</a></td><td><a href="#">3</a></td></tr></table></td></tr></table></div></div>
<div id="ctl00_right"><div class="box-title">Thăm dò ý kiến</div><div>Ông bà đánh giá mức độ hài lòng thế nào? 95% hài lòng</div></div>
<div id="ctl00_footer">Cơ quan chủ quản: UBND huyện. Cập nhật lần cuối: 25/10/2024 07:12:44</div></form></body></html>"""


def library(page: Page) -> str:
    """A library of legal documents: licence, table of properties, the text in a tab, related documents and a legend."""
    return f"""<!DOCTYPE html><html lang="vi"><head><title>{page.title} mới nhất</title></head><body><div id="container"><div id="header">{MENU}</div>
<div id="divHead"><h1 itemprop="name">{page.title}</h1><div class="ngay-dang"><span>{page.padded} 17:25</span></div></div>
<div id="tabs" class="tab-bar">{links("Tóm tắt", "Nội dung", "Tiếng Anh", "Văn bản liên quan", "Lược đồ")}</div>
<div class="content-box"><div id="divThuocTinh" class="thuoc-tinh popup-license"><p>Bạn phải đăng nhập để được xem 100% thuộc tính của văn bản</p>
<p>Thành viên Pro còn 30 ngày, gia hạn trước ngày 31/12/2024 giảm 40%</p></div>
<div id="tab1" class="tab-content"><div class="cldivContentDocVn">{page.body}</div></div>
<div id="divVanBanLienQuan" class="van-ban-lien-quan"><h3>Văn bản liên quan</h3><p>{TASK}</p><p>Ngày ban hành: 01/02/2019</p></div>
<div class="chu-thich-so-sanh">Chú thích: Rà chuột vào nội dung văn bản để sử dụng.</div></div>
<div class="hoi-dap related-box"><p>{GOAL}</p></div>
<div id="footer"><p>Đơn vị chủ quản: Công ty Thư viện Mẫu. Mã số thuế: 0315459414. TP. HCM, ngày 31/05/2021: trang đã 14 tháng tuổi, tăng 200% lượt xem.
</p></div></div></body></html>"""


def amp(page: Page) -> str:
    """An AMP page for phones: the date in a ``time`` element only."""
    return f"""<!doctype html><html amp lang="vi"><head><meta charset="utf-8"><title>{page.title}</title><style amp-boilerplate>body{{}}</style></head>
<body><amp-sidebar id="sidebar" layout="nodisplay" side="left">{MENU}</amp-sidebar><header class="amp-header"><a href="/">Báo tỉnh</a></header>
<main><article class="amp-wp-article"><h1 class="amp-wp-title">{page.title}</h1>
<div class="amp-wp-meta amp-wp-posted-on"><time datetime="{page.day}T17:25:00+07:00">2 năm trước</time></div>
<div class="amp-wp-article-content">{page.body}</div></article>
<amp-social-share type="facebook"></amp-social-share><amp-ad type="adsense">Giảm 50% đến hết ngày 30/9/2024</amp-ad></main>
<section class="related-posts"><h3>Đọc thêm</h3><p>{TASK}</p></section><footer class="amp-wp-footer"><p>© 2022. Tăng 99%.</p></footer></body></html>"""


def fragment(page: Page) -> str:
    """The piece of a page that a scraper cut out: no head, no body."""
    return f"""<div class="chitiet"><h2 class="tieude">{page.title}</h2><div class="thoigian">Đăng ngày {page.padded}</div>
<div class="noidung">{page.body}</div><div class="tinkhac"><p>{TASK}</p></div></div>"""


LAYOUTS: tuple[Callable[[Page], str], ...] = (
    nested_tables, wordpress, sharepoint, liferay, nukeviet, drupal, government, webforms, library, amp, fragment,
)  # fmt: skip
